import { html } from 'hono/html';
import type { Region } from '../../core/region.ts';
import { faviconPath, iconPath, scriptPath, stylePath, touchIconPath } from '../assets/paths.ts';
import { copy, type Notice } from './copy.ts';
import { illustration } from './illustration.ts';

type Page = {
  readonly region: Region;
  /** The step that this page is; it starts the browser's title. */
  readonly title: string;
  readonly hasProblems?: boolean;
  readonly notice?: Notice | undefined;
  readonly kind?: 'home' | 'signed-in';
  /** At the foot, unless the page itself shows them; signed in, they are of no use. */
  readonly hasPortals?: boolean;
  readonly main: unknown;
};

/** A whole page around its main part. */
export const layout = (sheet: Page): string => {
  const { region, title, hasProblems = false, notice, kind, hasPortals = true, main } = sheet;
  const isSignedIn = kind === 'signed-in';
  return String(html`<!DOCTYPE html>
<html lang="${region.locale}">
<head>
<meta charset="utf-8">
<title>${hasProblems && `${copy.problem}: `}${title} – ${region.brand.name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${
  // No page's own address holds a secret. Under a stricter header an old browser's form would come
  // from nowhere (Origin: null) and be refused.
  html`<meta name="referrer" content="same-origin">`
}
<link rel="stylesheet" href="${stylePath(region)}">
<link rel="icon" href="${iconPath(region)}" sizes="32x32">
<link rel="icon" href="${faviconPath(region)}" type="image/svg+xml">
<link rel="apple-touch-icon" href="${touchIconPath(region)}">
<script src="${scriptPath}" defer></script>
</head>
<body${kind && html` class="${kind}"`}>
<a class="skip" href="#main">${copy.skip}</a>
<header class="top">
<a href="${isSignedIn ? '/account' : '/'}">${mark(region)}<span>${region.brand.name} <small>${copy.portal}, ${region.country}</small></span></a>
</header>
<div class="sheet">
${!isSignedIn && illustration}
<main id="main" tabindex="-1">
${notice && html`<p class="notice" role="status">${copy.notices[notice]}</p>`}
${main}
</main>
</div>
<footer class="foot">
${helpDesk(region)}
${!isSignedIn && hasPortals && otherPortals(region)}
</footer>
</body>
</html>
`);
};

const mark = ({ brand: { mark: own } }: Region) =>
  html`<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path d="${own.shape}"/><path class="door" d="${own.cut}"/></svg>`;

/** How to reach the region's help desk. */
export const reach = ({ helpDesk: { phone, email } }: Region) =>
  html`<ul class="reach">
<li><a href="tel:${phone.replace(/[^+\d]/g, '')}">${copy.call} ${phone}</a></li>
<li><a href="mailto:${email}">${email}</a></li>
</ul>`;

/** Who helps in this region, and when. */
const helpDesk = (region: Region) =>
  html`<section aria-labelledby="help-desk">
<h2 id="help-desk">${copy.helpDesk}</h2>
${reach(region)}
<p>${region.helpDesk.hours}</p>
</section>`;

/** The way out for who is in the wrong country. */
export const otherPortals = ({ country, otherPortals: portals }: Region) =>
  html`<nav aria-labelledby="elsewhere">
<h2 id="elsewhere">${copy.notIn(country)}</h2>
<ul>${portals.map((other) => html`<li><a href="${other.origin}">${other.country}</a></li>`)}</ul>
</nav>`;
