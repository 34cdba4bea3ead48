import { html } from 'hono/html';
import type { RegionCode } from '../../../shared/core/region.ts';
import { regions } from '../../stacks/configuration/regions.ts';
import { addressBook } from './address-book.ts';
import type { Call } from './look.ts';

export type Desk = {
  readonly code: RegionCode;
  /** The regions that run, and where their portals are. */
  readonly portals: Readonly<Record<string, string>>;
  readonly mailbox: string;
};

type Sheet = Desk & {
  readonly title: string;
  readonly contactId?: string;
  readonly calls: readonly Call[];
  readonly main: unknown;
};

export const contactPath = (code: RegionCode, contactId: string): string =>
  `/${code}/contacts/${encodeURIComponent(contactId)}`;

const current = (isCurrent: boolean) => isCurrent && html` aria-current="page"`;

const book = ({ code, contactId }: Sheet) =>
  html`<nav class="book" aria-labelledby="contacts">
<h2 id="contacts">Contacts</h2>
<ul>${addressBook.map(
    (
      client,
    ) => html`<li><a href="${contactPath(code, client.contactId)}"${current(client.contactId === contactId)}>
<span>${client.name}</span> <small>${client.contactId}${client.note && html` · ${client.note}`}</small></a></li>`,
  )}</ul>
<form class="open" action="/${code}">
<label for="open">Another contact’s id</label>
<span class="row"><input id="open" type="text" name="contact" required pattern="[A-Za-z0-9_\\-]{1,64}" autocomplete="off" spellcheck="false"><button type="submit" class="quiet">Open</button></span>
</form>
</nav>`;

const behind = (calls: readonly Call[]) =>
  html`<details class="behind"><summary>Calls of the staff API behind this page</summary>
<ul>${calls.map(
    ({ name, outcome, milliseconds }) =>
      html`<li><code>${name}</code> <span>${outcome}, ${milliseconds} ms</span></li>`,
  )}</ul>
<p>Made with the typed client, <code>shared/api/client.ts</code>, as a CRM would make them.</p>
</details>`;

/** A whole page: the regions and contacts around what was opened. */
export const layout = (sheet: Sheet): string => {
  const { code, portals, mailbox, title, calls, main } = sheet;
  return String(html`<!DOCTYPE html>
<html lang="${regions[code].locale}">
<head>
<meta charset="utf-8">
<title>${title} – staff page of ${regions[code].country}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<header class="top">
<p><strong>Staff page</strong> <small>plays the CRM in a local run</small></p>
<nav class="regions" aria-label="Region">${Object.keys(portals).map(
    (one) => html`<a href="/${one}"${current(one === code)}>${one}</a>`,
  )}</nav>
<nav class="elsewhere" aria-label="Elsewhere"><a href="${portals[code]}">Portal of ${code}</a> <a href="${mailbox}">Mailbox</a></nav>
</header>
<div class="desk">
${book(sheet)}
<main>${main}
${behind(calls)}</main>
</div>
</body>
</html>
`);
};
