import { html } from 'hono/html';
import * as z from 'zod/mini';
import type { Came } from './receiver.ts';

type Shown = {
  readonly came: readonly Came[];
  /** How many had no signature that is ours. */
  readonly refused: number;
  readonly isDown: boolean;
};

const eventSchema = z.object({ type: z.string(), contactId: z.string(), sequence: z.number() });

const row = ({ region, id, at, event }: Came) => {
  const { type, contactId, sequence } = z.parse(eventSchema, event);
  return html`<tr><td>${region}</td><td>${contactId}</td><td>${sequence}</td><td>${type}</td>
<td>${at.slice(0, 19).replace('T', ' ')} UTC</td><td><code>${id}</code></td></tr>`;
};

/** What came, the newest first, and the switch that turns the receiver off. */
export const receiverPage = ({ came, refused, isDown }: Shown) => html`<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Webhook receiver</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>body { font: 1rem/1.5 system-ui, sans-serif; } button { font: inherit; }
td, th { padding: .25rem .75rem .25rem 0; text-align: left; white-space: nowrap; }
[role=region] { overflow-x: auto; }</style></head>
<body><main><h1>Webhook receiver of the local run</h1>
<form method="post" action="/down">
${isDown ? html`<strong>It is switched off: every webhook is answered with 503.</strong> ` : ''}
<button name="down" value="${String(!isDown)}">Switch it ${isDown ? 'on' : 'off'}</button></form>
<p>${came.length} came with a signature that was verified, ${refused} without one.</p>
<div role="region" aria-labelledby="came" tabindex="0"><table><caption id="came">What came, the newest first</caption><thead><tr><th scope="col">Region</th><th scope="col">Contact</th><th scope="col">Sequence</th>
<th scope="col">Event</th><th scope="col">Came</th><th scope="col">Id</th></tr></thead>
<tbody>${came.toReversed().slice(0, 200).map(row)}</tbody></table></div>
</main></body>
</html>
`;
