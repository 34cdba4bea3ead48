import * as z from 'zod/mini';
import { isCanarys } from '../contact/canary.ts';
import { contactIdSchema } from '../core/contact-id.ts';
import { emailAddress, personName } from '../email/address.ts';
import { deliveryStates } from '../email/delivery.ts';
import { warningCodes } from '../email/typos.ts';
import { resendRefusals } from '../invitation/invitation.ts';
import { actions, statuses } from '../invitation/status.ts';

/** ISO 8601, in UTC. */
export const time = z.iso.datetime();

/** What looks wrong about an address. It warns and never blocks. */
export const warning = z.object({
  code: z.enum(warningCodes),
  message: z.string(),
  suggestion: z.optional(z.string()),
});

/** One call draws the CRM's tab. */
export const statusResponse = z.object({
  contactId: contactIdSchema,
  /** The button to show. */
  action: z.enum(actions),
  /** What the button would answer now; it can be pressed if this is missing. */
  actionBlocked: z.optional(z.object({ code: z.enum(resendRefusals), until: z.optional(time) })),
  status: z.enum(statuses),
  name: z.optional(z.string()),
  email: z.optional(z.string()),
  invitedAt: z.optional(time),
  invitedBy: z.optional(z.string()),
  sends: z.optional(z.int()),
  expiresAt: z.optional(time),
  acceptedAt: z.optional(time),
  lastSignInAt: z.optional(time),
  delivery: z.optional(
    z.object({ state: z.enum(deliveryStates), at: time, detail: z.optional(z.string()) }),
  ),
  resendAllowedAt: z.optional(time),
  /** What looks wrong about the address, until the client has come in by it. */
  warnings: z.optional(z.array(warning)),
  summary: z.string(),
});

/** An address of a client: not the one that the portal keeps for itself. */
export const clientAddress = emailAddress.check(
  z.refine((email) => !isCanarys(email), { error: "must not be the portal's own test address" }),
);

export const invitationRequest = z.strictObject({ email: clientAddress, name: personName });
export const emailRequest = z.strictObject({ email: clientAddress });
export const suppressionRemovalRequest = z.strictObject({ consent: z.optional(z.literal(true)) });

/** A refusal, as RFC 9457 and this product's codes say it. */
export const problemResponse = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  requestId: z.string(),
  detail: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  /** The contact that holds the address, for `email_in_use`. */
  contactId: z.optional(contactIdSchema),
});
