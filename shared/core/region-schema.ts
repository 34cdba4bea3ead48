import * as z from 'zod/mini';
import { regionCodes } from './region.ts';

const colour = z
  .string()
  .check(z.regex(/^#[0-9a-f]{6}$/, { error: 'must be a colour of six digits, such as #123a5a' }));

/** The colours of pages, emails and the staff console, each by what it is for. */
export const paletteSchema = z.strictObject({
  paper: colour,
  card: colour,
  ink: colour,
  soft: colour,
  line: colour,
  edge: colour,
  accent: colour,
  accentDeep: colour,
  onAccent: colour,
  link: colour,
  bad: colour,
  badPaper: colour,
  goodPaper: colour,
  focus: colour,
});

/** An SVG path: letters and numbers, so that it is safe wherever it is drawn. */
const path = z
  .string()
  .check(z.regex(/^[MLHVCSQTAZ\d ,.-]{5,500}$/i, { error: 'must be the data of an SVG path' }));

/** Whose portal it is, and how it looks. */
export const brandSchema = z.strictObject({
  name: z.string().check(
    z.regex(/^[^\p{C}"<>]{2,40}$/u, {
      error: 'must be 2 to 40 characters without quotes, angle brackets or control characters',
    }),
  ),
  /** On a field of 32 by 32: a shape in the accent colour, and what is cut out of it. */
  mark: z.strictObject({ shape: path, cut: path }),
  colours: z.strictObject({ light: paletteSchema, dark: paletteSchema }),
});

const seconds = z.int().check(z.positive());
export const allowance = z.strictObject({ count: z.int().check(z.positive()), seconds });

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

const origin = z.string().check(
  z.refine((value) => URL.canParse(value) && new URL(value).origin === value, {
    error: 'must be an origin: scheme and host, without a path or a trailing slash',
  }),
);

/** A region as functions get it. The stacks check it before they write it into the environment. */
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
