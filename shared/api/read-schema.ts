import * as z from 'zod/mini';
import { requestOutcomes } from '../contact/request-email.ts';
import { timelineEvents } from '../contact/timeline.ts';
import { contactIdSchema } from '../core/contact-id.ts';
import { findingCodes, severities } from '../diagnosis/findings.ts';
import { remedies } from '../diagnosis/remedies.ts';
import { deliveryStates } from '../email/delivery.ts';
import { statuses } from '../invitation/status.ts';
import { clientAddress, statusResponse, time } from './status-schema.ts';

/** Where a page begins: what the page before it said, unread. */
const cursor = z.optional(z.string().check(z.regex(/^[A-Za-z0-9_-]{1,400}$/)));

const pageSize = (usual: number) =>
  z._default(z.coerce.number<number>().check(z.int(), z.minimum(1), z.maximum(100)), usual);

export const timelineQuery = z.strictObject({ limit: pageSize(50), cursor });
const timelineEntry = z.object({
  entryId: z.string(),
  at: time,
  what: z.enum(timelineEvents),
  by: z.string(),
  detail: z.optional(z.string()),
});
export const timelineResponse = z.object({
  entries: z.array(timelineEntry),
  next: z.optional(z.string()),
});

export const workListQuery = z.strictObject({
  status: z.optional(z.enum(['pending', 'expired', 'accepted', 'revoked'])),
  delivery: z.optional(z.enum(deliveryStates)),
  limit: pageSize(50),
  cursor,
});
export const workListResponse = z.object({
  contacts: z.array(statusResponse),
  next: z.optional(z.string()),
});

export const diagnosisRequest = z.strictObject({ email: clientAddress });

const finding = z.object({
  code: z.enum(findingCodes),
  severity: z.enum(severities),
  title: z.string(),
  advice: z.string(),
  action: z.optional(z.enum(remedies)),
});
const noted = z.object({ at: time, email: z.string() });

/** What the findings were made from. Everything but the address asked about is of the contact. */
const facts = z.extend(z.partial(z.omit(statusResponse, { summary: true })), {
  account: z.optional(z.enum(['enabled', 'disabled', 'missing'])),
  suppressed: z.optional(z.enum(['bounce', 'complaint'])),
  throttledUntil: z.optional(time),
  limitedAt: z.optional(time),
  triedOther: z.optional(noted),
  /** The address before the current one. */
  former: z.optional(noted),
  inUseBy: z.optional(contactIdSchema),
  asked: z.optional(
    z.object({
      email: z.string(),
      attempts: z.array(z.extend(noted, { outcome: z.optional(z.enum(requestOutcomes)) })),
      nearest: z.array(
        z.object({ contactId: contactIdSchema, email: z.string(), status: z.enum(statuses) }),
      ),
    }),
  ),
  timeline: z.array(timelineEntry),
});

export const diagnosisResponse = z.object({
  summary: z.string(),
  findings: z.array(finding).check(z.minLength(1)),
  facts,
});
