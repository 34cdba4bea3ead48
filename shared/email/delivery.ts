import * as z from 'zod/mini';
import { emailKinds } from './kinds.ts';

/** In rising rank: a later event of one email never lowers what is known about it. */
export const deliveryStates = [
  'queued',
  'sent',
  'delayed',
  'delivered',
  'failed',
  'rejected',
  'bounced',
  'complained',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const deliverySchema = z.object({
  emailId: z.string(),
  kind: z.enum(emailKinds),
  state: z.enum(deliveryStates),
  /** Milliseconds since 1970. */
  at: z.int(),
  /** What the receiving server said, without addresses. */
  detail: z.optional(z.string()),
});
export type Delivery = z.infer<typeof deliverySchema>;

const rank = (state: DeliveryState): number => deliveryStates.indexOf(state);

const isNews = (known: Delivery, event: Delivery): boolean => {
  if (event.state !== known.state) return rank(event.state) > rank(known.state);
  if (event.at !== known.at) return event.at > known.at;
  return (event.detail ?? '') > (known.detail ?? '');
};

/**
 * What is known of the newest email after another event, in whatever order and however
 * often: email ids sort by age, states by rank, so the result is a maximum.
 */
export const afterEvent = (known: Delivery | undefined, event: Delivery): Delivery => {
  if (!known || event.emailId > known.emailId) return event;
  if (event.emailId < known.emailId) return known;
  return isNews(known, event) ? event : known;
};

/** Whether the newest email certainly did not arrive: limits on sending another are waived. */
export const didNotArrive = (delivery: Delivery | undefined): boolean =>
  delivery !== undefined && ['failed', 'rejected', 'bounced'].includes(delivery.state);
