import { html } from 'hono/html';
import type { Region } from '../../core/region.ts';
import { faviconPath } from '../../pages/assets/paths.ts';
import { scriptPath, stylePath } from '../assets/paths.ts';
import { copy } from './copy.ts';
import { workListPath } from './shown.ts';

/** Who looks at a page, and what they may do there. */
export type Visit = {
  readonly region: Region;
  /** The person, as the provider names them. */
  readonly name: string;
  /** Tells one person from another. */
  readonly person: string;
  readonly canWrite: boolean;
  /** In a frame of the CRM, which has a menu of its own. */
  readonly isEmbedded: boolean;
};

type Page = {
  readonly region: Region;
  readonly title: string;
  readonly main: unknown;
  /** Missing on pages for who is signed out. */
  readonly visit?: Visit;
  readonly isEmbedded?: boolean;
  readonly hasProblem?: boolean;
};

/** A page looks again after so many seconds, while an email is under way. */
export const watchSeconds = 3;

/** The pages of the console, in the order of its menu. */
const menu = [
  ['/staff-console', copy.contacts.title],
  [workListPath, copy.workList.title],
] as const;

const top = (region: Region, visit: Visit | undefined) =>
  html`<header class="top">
<p><strong>${copy.title}</strong> <small>${region.brand.name}, ${region.country}</small></p>
${
  visit &&
  html`<nav class="menu" aria-label="${copy.title}">${menu.map(
    ([path, name]) => html`<a href="${path}">${name}</a>`,
  )}</nav>
<form class="out" method="post" action="/staff-console/sign-out"><bdi>${visit.name}</bdi> <button type="submit" class="quiet">${copy.signOut}</button></form>`
}
</header>`;

/** A whole page of the console around its main part. */
export const layout = (page: Page): string => {
  const { region, title, main, visit, hasProblem = false } = page;
  const isEmbedded = page.isEmbedded ?? visit?.isEmbedded ?? false;
  return String(html`<!DOCTYPE html>
<html lang="${region.locale}">
<head>
<meta charset="utf-8">
<title>${hasProblem && `${copy.problem}: `}${title} – ${copy.title}, ${region.country}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="same-origin">
<link rel="stylesheet" href="${stylePath(region)}">
<link rel="icon" href="${faviconPath(region)}" type="image/svg+xml">
<script src="${scriptPath}" defer></script>
</head>
<body${isEmbedded && html` class="embedded"`}>
<a class="skip" href="#main">${copy.skip}</a>
${!isEmbedded && top(region, visit)}
<main id="main" tabindex="-1">
${visit && !visit.canWrite && html`<p class="note">${copy.readOnly}</p>`}
${main}
</main>
</body>
</html>
`);
};
