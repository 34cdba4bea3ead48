import { eventExamples, whenPublished } from '../../../shared/events/descriptions.ts';
import { eventTypes } from '../../../shared/events/event-types.ts';

const json = (value: unknown) => ['```json', JSON.stringify(value, undefined, 2), '```'];

/** docs/events.md: what a CRM hears, written from the code. */
export const eventsPage = (): string =>
  [
    '# Events',
    '',
    'Written by `npm run openapi` from `shared/events`; [asyncapi.json](asyncapi.json) (AsyncAPI 3) has the',
    'schemas. [receiving-events.md](receiving-events.md) says how a CRM receives them.',
    '',
    '| type | published when |',
    '|---|---|',
    ...eventTypes.map((type) => `| \`${type}\` | ${whenPublished[type]} |`),
    '',
    'Every event has the same fields:',
    '',
    '| field | meaning |',
    '|---|---|',
    '| `id` | the same however often the event comes: what has been seen is skipped by it |',
    '| `type` | one of the above |',
    '| `timestamp` | when it happened (RFC 3339, UTC) |',
    '| `region` | AU, NZ or US |',
    "| `contactId` | the CRM's own id of the contact |",
    '| `sequence` | 1, 2, 3 … within one contact: its order, and by a gap that something is missing |',
    '| `actor` | `staff`, `client` or `system` |',
    '| `data` | what only this type says; often nothing |',
    '',
    'There is no address and no name in any event: the status call has them, for whoever may read them.',
    '',
    '## Examples',
    '',
    ...(['invitation.sent', 'email.bounced'] as const).flatMap((type) => [
      ...json(eventExamples[type]),
      '',
    ]),
  ].join('\n');
