import { html } from 'hono/html';
import { inWords } from '../core/duration.ts';
import type { Region } from '../core/region.ts';
import { copy, type Notice } from './parts/copy.ts';
import { hiddenField } from './parts/form.ts';
import { layout, reach } from './parts/layout.ts';

const ifMissing = (...steps: readonly unknown[]) =>
  html`<section class="steps"><h2>${copy.sent.missing}</h2><ol>${steps.map((step) => html`<li>${step}</li>`)}</ol></section>`;

type ResetRequestedView = {
  readonly region: Region;
  readonly notice?: Notice | undefined;
  /** As it was typed, while the browser carries it. */
  readonly email?: string | undefined;
};

/** *Send it again*; with a script it can be pressed once another email may be sent. */
const again = (email: string, { resetEmails }: Region['limits']) => {
  const seconds = resetEmails.find(({ count }) => count === 1)?.seconds ?? 0;
  return html`<form method="post" action="/forgot-password">
${hiddenField('email', email)}
${hiddenField('again', 'yes')}
<button type="submit" class="button quiet" data-wait="${seconds}">${copy.sent.sendAgain}</button>
</form>`;
};

/** `/forgot-password/sent`: the same for everyone, whatever address was typed. */
export const resetRequestedPage = ({ region, notice, email }: ResetRequestedView): string =>
  layout({
    region,
    notice,
    title: copy.sent.title,
    main: html`<h1>${copy.sent.title}</h1>
<p class="lead">${copy.sent.lead}</p>
${email && html`<dl class="facts"><div><dt>${copy.sent.typed}</dt><dd>${email}</dd></div></dl>`}
<p>${copy.sent.life(inWords(region.limits.resetLinkSeconds))}</p>
${email && again(email, region.limits)}
${ifMissing(
  copy.sent.spam,
  copy.sent.before,
  html`${copy.sent.address} <a href="/forgot-password">${copy.sent.other}</a>`,
  html`${copy.sent.notInvited} ${reach(region)}`,
)}
<p class="aside"><a href="/login">${copy.backToLogin}</a></p>`,
  });

/** `/invitation/renewal`: a new link was asked for; the same whatever became of it. */
export const renewalRequestedPage = ({ region }: { region: Region }): string =>
  layout({
    region,
    title: copy.sent.title,
    main: html`<h1>${copy.sent.title}</h1>
<p class="lead">${copy.renewed.lead}</p>
${ifMissing(copy.sent.spam, copy.renewed.again, html`${copy.renewed.stillMissing} ${reach(region)}`)}
<p class="aside"><a href="/login">${copy.backToLogin}</a></p>`,
  });
