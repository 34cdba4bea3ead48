import * as z from 'zod/mini';
import { recordIdSchema } from '../../shared/contact/contact.ts';
import { comparable } from '../../shared/email/address.ts';
import type { DeliveryState } from '../../shared/email/delivery.ts';
import { emailKinds } from '../../shared/email/kinds.ts';
import type { DeliveryEvent } from '../../shared/outbox/delivery-events.ts';

const text = z.optional(z.string());
const part = z.optional(
  z.object({
    timestamp: text,
    bounceType: text,
    bounceSubType: text,
    bouncedRecipients: z.optional(z.array(z.object({ diagnosticCode: text }))),
    complaintFeedbackType: z.nullish(z.string()),
    delayType: text,
    smtpResponse: text,
    reason: text,
    errorMessage: text,
  }),
);

/** What we read of an event (Amazon SES, 'Contents of event data that SES publishes to SNS'). */
const eventSchema = z.object({
  eventType: z.string(),
  mail: z.object({
    timestamp: z.string(),
    destination: z.array(z.string()),
    tags: z.optional(z.record(z.string(), z.array(z.string()))),
  }),
  bounce: part,
  complaint: part,
  delivery: part,
  deliveryDelay: part,
  reject: part,
  failure: part,
});
type Event = z.output<typeof eventSchema>;
type Part = NonNullable<z.output<typeof part>>;

type Told = {
  readonly state: DeliveryState;
  readonly part: Part | undefined;
  readonly detail?: string | null | undefined;
  readonly suppresses?: 'bounce' | 'complaint';
};

/** By event type. Only a permanent bounce is a bounce; what may still arrive is a delay. */
const readings: Record<string, (event: Event) => Told> = {
  Send: () => ({ state: 'sent', part: undefined }),
  Delivery: ({ delivery }) => ({
    state: 'delivered',
    part: delivery,
    detail: delivery?.smtpResponse,
  }),
  DeliveryDelay: ({ deliveryDelay }) => ({
    state: 'delayed',
    part: deliveryDelay,
    detail: deliveryDelay?.delayType,
  }),
  Bounce: ({ bounce }) => {
    const detail = bounce?.bouncedRecipients?.[0]?.diagnosticCode ?? bounce?.bounceSubType;
    return bounce?.bounceType === 'Permanent'
      ? { state: 'bounced', part: bounce, detail, suppresses: 'bounce' }
      : { state: 'delayed', part: bounce, detail };
  },
  Complaint: ({ complaint }) => ({
    state: 'complained',
    part: complaint,
    detail: complaint?.complaintFeedbackType,
    suppresses: 'complaint',
  }),
  Reject: ({ reject }) => ({ state: 'rejected', part: reject, detail: reject?.reason }),
  'Rendering Failure': ({ failure }) => ({
    state: 'failed',
    part: failure,
    detail: failure?.errorMessage,
  }),
};

const longestDetail = 200;

/** Servers quote the recipient: that is cut out, and so is everything that is no plain text. */
const withoutAddresses = (detail: string): string =>
  detail
    .replace(/\S+(?:@|=40|%40)\S+/gi, '(address)')
    .replace(/[^ -~]+/g, ' ')
    .slice(0, longestDetail);

/** What SES tells a topic when an engineer connects it (Amazon SES, 'Set up an SNS destination'). */
const greeting = 'Successfully validated SNS topic';

/**
 * Reads one event. Undefined for one that is not about an email of ours.
 * @throws SyntaxError or a schema error for a message that is no SES event
 */
export const deliveryEventFrom = (message: string): DeliveryEvent | undefined => {
  if (message.startsWith(greeting)) return undefined;
  const event = z.parse(eventSchema, JSON.parse(message));
  const reading = readings[event.eventType];
  const { contactId, emailId, kind } = event.mail.tags ?? {};
  const names = z.safeParse(
    z.object({ contactId: recordIdSchema, emailId: z.string(), kind: z.enum(emailKinds) }),
    { contactId: contactId?.[0], emailId: emailId?.[0], kind: kind?.[0] },
  );
  if (!reading || !names.success) return undefined;
  const { state, part: about, detail, suppresses } = reading(event);
  return {
    ...names.data,
    state,
    at: Date.parse(about?.timestamp ?? event.mail.timestamp),
    ...(detail && { detail: withoutAddresses(detail) }),
    ...(suppresses && {
      suppresses: { reason: suppresses, address: comparable(event.mail.destination[0] ?? '') },
    }),
  };
};
