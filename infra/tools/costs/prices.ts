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
  logGb: 0.67 + 12 * 0.033, // written once, kept for a year
  trace: 5 / million,
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

/** What a region costs however few clients it has, per month. */
export const standing = {
  'firewall: its list and nine rules': 5 + 9,
  'alarms, and the metrics they add up': 33 * 0.1,
  'metrics of our own': 16 * 0.3,
  'a dashboard': 3,
  'the key of mail events': 1,
} as const;
