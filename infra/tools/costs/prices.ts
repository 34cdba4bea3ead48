/**
 * AWS's public list prices in US dollars, Sydney (the dearest of our AWS regions for most of these),
 * as known in November 2026. Without free tiers, except where a service has one for good.
 */
export const priced = 'November 2026';

const million = 1_000_000;

/** Per unit; `per` is what AWS counts. */
export const prices = {
  apiRequest: 3.5 / million,
  firewallRequest: 0.6 / million,
  lambdaRequest: 0.2 / million,
  lambdaGbSecond: 0.0000133334, // arm64
  tableReadUnit: 0.1423 / million,
  tableWriteUnit: 0.7115 / million,
  tableGbMonth: 0.285 + 0.228, // storage and point-in-time recovery
  email: 0.16 / 1_000,
  notification: 0.5 / million,
  busEvent: 1 / million,
  queueRequest: 0.4 / million,
  logGb: 0.67 + 12 * 0.033, // written once, kept for a year
  gbOut: 0.114,
} as const;

/** Cognito Lite counts clients who were active in the month; the first 10,000 are free for good. */
const userTiers = [
  { upTo: 10_000, each: 0 },
  { upTo: 100_000, each: 0.0055 },
  { upTo: 1_000_000, each: 0.0046 },
] as const;

/** What a number of active users costs in a month. */
export const usersCost = (active: number): number => {
  let from = 0;
  let cost = 0;
  for (const { upTo, each } of userTiers) {
    cost += Math.max(0, Math.min(active, upTo) - from) * each;
    from = upTo;
  }
  return cost;
};

/** What a region has however few clients: a test counts them in its templates. */
export const standing = {
  firewallRules: 9,
  /** By alarms; one that adds up ten is ten. */
  watchedMetrics: 76,
  /** Of the functions' own, those that alarms watch; most are silent in most hours, which cost nothing then. */
  ownMetrics: 34,
  dashboards: 1,
  keys: 1,
  secrets: 1,
} as const;

/** What it costs a month, by what AWS counts. */
export const standingCost = {
  firewall: 5 + standing.firewallRules * 1,
  alarms: standing.watchedMetrics * 0.1,
  metrics: standing.ownMetrics * 0.3,
  dashboards: standing.dashboards * 3,
  keys: standing.keys * 1,
  secrets: standing.secrets * 0.4,
} as const;

/** What a number of active users costs in a month at a provider of accounts; undefined: by agreement. */
type Peer = {
  readonly name: string;
  /** Where its list price stands, and as of when it is known. */
  readonly source: string;
  readonly month: (active: number) => number | undefined;
};

const tiered =
  (standing: number, tiers: readonly { readonly from: number; readonly each: number }[]) =>
  (active: number): number =>
    tiers.reduce((cost, { from, each }, index) => {
      const upTo = tiers[index + 1]?.from ?? Number.POSITIVE_INFINITY;
      return cost + Math.max(0, Math.min(active, upTo) - from) * each;
    }, standing);

/**
 * Providers that people would take instead, by their own list prices for production use, emails of an own
 * domain included where they send them. Invitation by contact, staff API and diagnosis are in none of them.
 */
export const peers: readonly Peer[] = [
  {
    name: 'Cognito alone, Essentials',
    source:
      'aws.amazon.com/cognito/pricing, Essentials since November 2024; SES for its emails not counted',
    month: tiered(0, [{ from: 10_000, each: 0.015 }]),
  },
  {
    name: 'Clerk, Pro',
    source: 'clerk.com/pricing and clerk.com/articles/clerk-pricing-explained, June 2026',
    month: tiered(25, [
      { from: 50_000, each: 0.02 },
      { from: 100_000, each: 0.018 },
    ]),
  },
  {
    name: 'Auth0, B2C Essentials',
    source: 'auth0.com/pricing, 2025: by the user up to 20,000, above by agreement',
    month: (active) => (active > 20_000 ? undefined : Math.max(35, active * 0.07)),
  },
];
