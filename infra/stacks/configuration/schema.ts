import * as z from 'zod/mini';
import { limitsSchema, regionSchema } from '../../../shared/core/region-schema.ts';
import { retriesSchema } from '../../../shared/webhook/settings.ts';
import { functionNames } from './functions.ts';

const awsRegion = z
  .string()
  .check(
    z.regex(/^[a-z]{2}-[a-z]+-\d$/, { error: 'must be an AWS region, such as ap-southeast-2' }),
  );

export const httpsUrl = (value: string) =>
  URL.canParse(value) && new URL(value).protocol === 'https:';
export const localUrl = (value: string) =>
  URL.canParse(value) && ['127.0.0.1', 'localhost'].includes(new URL(value).hostname);

const url = z.string().check(
  z.refine((value) => httpsUrl(value) || localUrl(value), {
    error: 'must be an https URL, such as https://issuer.example.com',
  }),
);

const emailAddress = z.string().check(
  z.regex(/^[^\s@]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/, {
    error: 'must be one email address without a name, such as no-reply@portal.example.com',
  }),
);

const rowSchema = z.strictObject({
  ...z.omit(regionSchema, { otherPortals: true }).shape,
  sender: emailAddress,
  /** The AWS account, as its 12 digits. */
  account: z
    .string()
    .check(z.regex(/^\d{12}$/, { error: 'must be the 12 digits of an AWS account' })),
  awsRegion,
  emailRegion: awsRegion,
  /** The certificate of the portal's host, in its AWS region: docs/deploying.md says how. */
  certificate: z.string().check(
    z.regex(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/, {
      error: 'must be the ARN of an ACM certificate',
    }),
  ),
  /**
   * After the first deployment: stacks, table and user pool can't be deleted any more, and the
   * canary asks for its resets.
   */
  isLive: z.boolean(),
  /** Who is told when an alarm goes off. */
  onCall: emailAddress,
  /** Who gets receivers' DMARC reports: the parent domain's, since the portal's host is a CNAME. */
  dmarcReports: emailAddress,
  /** Who signs staff tokens, and what a token must say. */
  staff: z.strictObject({
    issuer: url,
    keysUrl: url,
    audience: z.string().check(z.minLength(1)),
    readScope: z.string().check(z.minLength(1)),
    writeScope: z.string().check(z.minLength(1)),
    /** The staff console signs people in with the issuer: docs/deploying.md. */
    console: z.strictObject({
      /** Its client there: a public one, with PKCE. */
      clientId: z.string().check(z.minLength(1)),
      /** What it asks for, where that is more or other than `openid` and the two scopes. */
      scope: z.optional(
        z.string().check(z.regex(/(^| )openid( |$)/, { error: 'must have openid in it' })),
      ),
      /** What else this issuer wants to be asked, such as `resource` (RFC 8707) or `audience`. */
      parameters: z.optional(z.record(z.string(), z.string())),
      /** The CRM's origins, which may show a contact in a frame. */
      frameOrigins: z.array(z.string()),
    }),
  }),
  /** A CRM that is not on AWS is sent every event: docs/receiving-events.md. */
  webhook: z.optional(z.strictObject({ url: z.string() })),
  /** After a restore: the table that took the place of the stack's own. */
  restoredTable: z.optional(
    z.strictObject({ name: z.string().check(z.minLength(3)), streamArn: z.string() }),
  ),
});
export type Row = z.infer<typeof rowSchema>;

const rate = z.strictObject({
  perSecond: z.int().check(z.positive()),
  burst: z.int().check(z.positive()),
});

/** Everything a stage says. */
export const settingsSchema = z.strictObject({
  keepData: z.boolean(),
  logDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731]),
  /** SES sends to verified recipients only, and asks for the right on each of them. */
  sesSandbox: z.boolean(),
  throttles: z.strictObject({ page: rate, client: rate, staff: rate, console: rate }),
  reservedConcurrency: z.partialRecord(z.enum(functionNames), z.int().check(z.positive())),
  quotas: z.strictObject({
    cognitoSignInsPerSecond: z.int().check(z.positive()),
    emailsPerDay: z.int().check(z.positive()),
  }),
  webhookRetries: retriesSchema,
  limits: limitsSchema,
  regions: z.strictObject({ AU: rowSchema, NZ: rowSchema, US: rowSchema }),
});
export type Settings = z.infer<typeof settingsSchema>;
