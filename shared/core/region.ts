import * as z from 'zod/mini';
import { brandSchema } from './brand.ts';

/** The regions this product knows. Nothing crosses from one to another. */
export const regionCodes = ['AU', 'NZ', 'US'] as const;
export type RegionCode = (typeof regionCodes)[number];

const seconds = z.int().check(z.positive());
const allowance = z.strictObject({ count: z.int().check(z.positive()), seconds });

/** `count` emails within `seconds`. */
export type Allowance = z.infer<typeof allowance>;

/** The configured numbers that functions read; durations are in seconds. */
export const limitsSchema = z.strictObject({
  invitationLinkSeconds: seconds,
  /** After staff sent an invitation, for so long clients can have it sent again. */
  invitationRenewableSeconds: seconds,
  reminderSeconds: z.array(seconds).check(z.maxLength(4)),
  resetLinkSeconds: seconds,
  resetEmails: z.array(allowance).check(z.minLength(1)),
  resends: z.array(allowance).check(z.minLength(1)),
  staffResets: z.array(allowance).check(z.minLength(1)),
  addressChanges: z.array(allowance).check(z.minLength(1)),
  /** Emails that tell a client of a new device. */
  deviceNotices: z.array(allowance).check(z.minLength(1)),
  /** Emails that each member of staff, and all of a region's together, may cause in a day. */
  staffEmailsPerDay: z.strictObject({
    actor: z.int().check(z.positive()),
    region: z.int().check(z.positive()),
  }),
  sessionIdleSeconds: seconds,
  sessionAbsoluteSeconds: seconds,
  keptSessionIdleSeconds: seconds,
  keptSessionAbsoluteSeconds: seconds,
  /** Of a member of staff in the staff console. */
  staffSessionIdleSeconds: seconds,
  staffSessionAbsoluteSeconds: seconds,
  signInFailures: z.int().check(z.positive()),
  signInPauseSeconds: seconds,
  signInLongestPauseSeconds: seconds,
  claimSeconds: seconds,
  leaseSeconds: seconds,
  answerRequestsSeconds: seconds,
  keepRequestsSeconds: seconds,
  keepTimelineSeconds: seconds,
});
export type Limits = z.infer<typeof limitsSchema>;

const origin = z.string().check(
  z.refine((value) => URL.canParse(value) && new URL(value).origin === value, {
    error: 'must be an origin: scheme and host, without a path or a trailing slash',
  }),
);

/** What pages, emails and rules may know of their region: plain data, safe to show. */
export const regionSchema = z.strictObject({
  code: z.enum(regionCodes),
  country: z.string().check(z.minLength(1)),
  brand: brandSchema,
  origin,
  /** Where the customer portal proper is, on the same site: clients go there after Login. */
  portalUrl: z.optional(z.string()),
  locale: z.string().check(z.minLength(1)),
  timeZone: z.string().check(z.minLength(1)),
  sender: z.string().check(z.minLength(3)),
  helpDesk: z.strictObject({
    phone: z.string().check(z.minLength(3)),
    email: z.string().check(z.minLength(3)),
    hours: z.string().check(z.minLength(3)),
  }),
  /** Raised after a restore from backup, so that links and sessions ended since then stay ended. */
  epoch: z.int().check(z.positive()),
  limits: limitsSchema,
  /** The portals of the other regions: one click away on every signed-out page. */
  otherPortals: z.array(z.strictObject({ country: z.string(), origin })),
});
export type Region = z.infer<typeof regionSchema>;

/** Plain http exists only for a portal on this very machine; everything else is served over TLS. */
export const isSecure = (region: Pick<Region, 'origin'>): boolean =>
  region.origin.startsWith('https:');
