import { html } from 'hono/html';
import { localApp } from '../host/local-app.ts';
import type { RunFile } from '../host/run-file.ts';
import { addressBook, type Client } from './address-book.ts';

type Run = Pick<RunFile, 'regions' | 'mailbox'>;

const client = (portal: string, { contactId, name, email, note }: Client) =>
  html`<li><a href="${portal}/staff-console/contacts/${contactId}">${name}</a>, ${email}${note && html` (${note})`}</li>`;

const moves = [
  ['An hour later', 1],
  ['A day later', 24],
  ['A week later', 168],
] as const;

/** A year of hours: staff tokens of the run hold as long. */
const furthest = 8_760;

/**
 * Plays the CRM's list of clients, so that a local run has somebody to invite: each leads to the
 * staff console of a region, which knows nobody before they are invited. It has the run's clock.
 */
export const staffPage = ({ regions, mailbox }: Run, moveClock: (milliseconds: number) => void) => {
  const app = localApp();
  app.post('/clock', async (context) => {
    const { hours } = await context.req.parseBody();
    const wanted = Number(hours);
    if (!(wanted > 0 && wanted <= furthest)) return context.json({ code: 'invalid_request' }, 400);
    moveClock(wanted * 3_600_000);
    return context.redirect('/', 303);
  });
  app.get('/', (context) =>
    context.html(html`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Clients to invite</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"></head>
<body><main><h1>Clients to invite</h1>
<p>Each opens in the staff console of its region. Emails arrive in the <a href="${mailbox}">mailbox</a>.</p>
<form method="post" action="/clock">
<p>It is ${new Date().toUTCString()} in this run.
${moves.map(([words, hours]) => html`<button name="hours" value="${hours}">${words}</button> `)}</p>
</form>
${Object.entries(regions).map(
  ([code, { portal }]) => html`<section aria-labelledby="${code}">
<h2 id="${code}"><a href="${portal}/staff-console">Staff console of ${code}</a></h2>
<ul>${addressBook.map((one) => client(portal, one))}</ul>
</section>`,
)}
</main></body>
</html>
`),
  );
  return app;
};
