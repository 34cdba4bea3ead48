import { html } from 'hono/html';
import type { Region } from '../../core/region.ts';
import type { DeliveryState } from '../../email/delivery.ts';
import { copy } from './copy.ts';
import type { Status } from './seen.ts';
import { shownTime, spoken } from './shown.ts';

/** Which stops an email in this state has made; the last one is where it is. */
const stops: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  queued: ['queued'],
  sent: ['queued', 'sent'],
  delayed: ['queued', 'sent', 'delayed'],
  delivered: ['queued', 'sent', 'delivered'],
  bounced: ['queued', 'sent', 'bounced'],
  complained: ['queued', 'sent', 'delivered', 'complained'],
  rejected: ['queued', 'rejected'],
  failed: ['queued', 'failed'],
};

/** What an email that is under way should come to. */
const ahead: Readonly<Partial<Record<DeliveryState, readonly DeliveryState[]>>> = {
  queued: ['sent', 'delivered'],
  sent: ['delivered'],
  delayed: ['delivered'],
};

/**
 * How far the newest email has come.
 * @param again where to look again without script, while something may still become of it
 */
export const track = (region: Region, { delivery }: Status, again: string | undefined) => {
  if (!delivery) return html`<div id="track" data-live></div>`;
  const made = stops[delivery.state];
  const stop = (state: DeliveryState, index: number) => {
    const isHere = index === made.length - 1;
    return html`<li class="${isHere ? `here ${state}` : 'made'}"${isHere && html` aria-current="step"`}>${spoken(state)}</li>`;
  };
  return html`<div id="track" data-live aria-live="polite">
<h2>${copy.contact.track}</h2>
<ol class="track">${made.map(stop)}${(ahead[delivery.state] ?? []).map(
    (state) => html`<li class="ahead">${spoken(state)}</li>`,
  )}</ol>
<p><small>${spoken(delivery.state)}: ${shownTime(region, delivery.at)}${
    delivery.detail && html`<br>${delivery.detail}`
  }</small></p>
${again && ahead[delivery.state] && html`<p><small>${copy.contact.watching}</small></p><noscript><p><a href="${again}">${copy.contact.lookAgain}</a></p></noscript>`}
</div>`;
};
