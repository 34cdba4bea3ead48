import { limits } from './limits.ts';
import { regions } from './regions.ts';

/** What every stage starts from. */
export const base = {
  /** Tables and user pools outlive their stack, can't be deleted by mistake and are backed up. */
  keepData: true,
  /** How long logs are kept, one of the numbers CloudWatch knows: a breach is often found late. */
  logDays: 365,
  /** Whether SES sends to verified recipients only: development, and an account's first days. */
  sesSandbox: false,
  /** Requests per second (and at once) that API Gateway lets through to each route. */
  throttles: {
    page: { perSecond: 50, burst: 100 },
    client: { perSecond: 50, burst: 100 },
    staff: { perSecond: 20, burst: 40 },
    console: { perSecond: 20, burst: 40 },
  },
  /**
   * Concurrent runs set aside for a function, which are also the most it can have. A new account
   * has 10 in all, of which none can be set aside.
   */
  reservedConcurrency: {},
  /** Adjustable AWS quotas of the account, which the alarms measure against. */
  quotas: { cognitoSignInsPerSecond: 120, emailsPerDay: 50_000 },
  /**
   * An event that the CRM does not take is sent again after 30 seconds, then whenever it is twice as
   * old, at last every hour: for more than a day, even if the queue repeats some tries.
   */
  webhookRetries: { firstWaitSeconds: 30, longestWaitSeconds: 3_600, tries: 36 },
  limits,
  regions,
};

/**
 * Stages differ from the base, and from each other, only by values. A value here replaces the one
 * of the base; a table is merged field by field.
 */
export const stages = {
  prod: {
    reservedConcurrency: {
      'reset-requests': 25, // A flood of reset requests must not take what sign-in needs.
      outbox: 16, // Emails go out however busy the pages are: 8 at once, 4 of the background lane.
      sweep: 1, // Two sweeps at once would only repeat each other.
    },
  },
  dev: {
    keepData: false,
    logDays: 14,
    sesSandbox: true,
    quotas: { emailsPerDay: 200 },
    regions: {
      AU: {
        origin: 'https://customer-dev.gjgardner.com.au',
        sender: 'no-reply@customer-dev.gjgardner.com.au',
      },
      NZ: {
        origin: 'https://customer-dev.gjgardner.co.nz',
        sender: 'no-reply@customer-dev.gjgardner.co.nz',
      },
      US: {
        origin: 'https://customer-dev.gjgardner.com',
        sender: 'no-reply@customer-dev.gjgardner.com',
      },
    },
  },
  /** What `npm start` runs; its origins and issuer come from the file it writes. */
  local: {
    keepData: false,
    logDays: 1,
    regions: {
      AU: { origin: 'http://localhost:4101', isLive: true },
      NZ: { origin: 'http://localhost:4102', isLive: true },
      US: { origin: 'http://localhost:4103', isLive: true },
    },
  },
} as const;

export type StageName = keyof typeof stages;
export const stageNames = Object.keys(stages) as StageName[];
