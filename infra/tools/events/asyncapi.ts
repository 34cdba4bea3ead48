import { inline, type Json } from '../../../shared/api/openapi/document.ts';
import { eventExamples, whenPublished } from '../../../shared/events/descriptions.ts';
import { eventSchemas } from '../../../shared/events/event.ts';
import { eventTypes } from '../../../shared/events/event-types.ts';

/** `invitation.sent` is `invitationSent`. */
const keyOf = (type: string): string =>
  type.replace(/[._](\w)/g, (_, letter: string) => letter.toUpperCase());

const ref = (path: string) => ({ $ref: `#/${path}` });

/** Something of each type, by its key. */
const byKey = (of: (type: (typeof eventTypes)[number]) => unknown) =>
  Object.fromEntries(eventTypes.map((type) => [keyOf(type), of(type)]));

/** The AsyncAPI document of what others hear on the event bus. */
export const eventsDocument = (version: string): Json => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Customer portal access: events',
    version,
    description:
      "What happens to contacts, for a CRM: at least once, without addresses or names, in the order of each contact's `sequence`. docs/receiving-events.md says how to receive them.",
  },
  defaultContentType: 'application/json',
  channels: {
    eventBus: {
      address: 'portal-{stage}-{region}',
      title: 'Event bus',
      description:
        'Amazon EventBridge, one bus in each region: source `customer-portal`, the type as `detail-type`, the event as `detail`.',
      parameters: { stage: { enum: ['dev', 'prod'] }, region: { enum: ['au', 'nz', 'us'] } },
      messages: byKey((type) => ref(`components/messages/${keyOf(type)}`)),
    },
  },
  operations: {
    publish: {
      action: 'send',
      security: [ref('components/securitySchemes/aws')],
      channel: ref('channels/eventBus'),
      messages: eventTypes.map((type) => ref(`channels/eventBus/messages/${keyOf(type)}`)),
    },
  },
  components: {
    securitySchemes: {
      aws: {
        type: 'http',
        scheme: 'AWS4-HMAC-SHA256',
        description: 'A rule on the bus decides who hears it.',
      },
    },
    messages: byKey((type) => ({
      name: type,
      title: type,
      summary: whenPublished[type],
      contentType: 'application/json',
      payload: ref(`components/schemas/${keyOf(type)}`),
      examples: [{ name: keyOf(type), payload: eventExamples[type] }],
    })),
    schemas: byKey((type) => inline(eventSchemas[type])),
  },
});
