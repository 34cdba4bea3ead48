import { readFileSync } from 'node:fs';
import { peers, priced, prices, standingCost, usersCost } from './prices.ts';

/** What one thing that somebody does uses of the table, with all that follows it, its emails and events. */
export type Counted = Readonly<
  Record<
    string,
    Readonly<Record<'reads' | 'writes' | 'readUnits' | 'writeUnits' | 'emails' | 'events', number>>
  >
>;

/** What one client does in a month, on average over a building contract of two years. */
const habits: Readonly<Record<string, number>> = {
  'an invitation': 1 / 24,
  'an acceptance': 1 / 24,
  'a sign-in': 2,
  'a reset': 1 / 10,
  'a look by staff': 1 / 4,
};
const pagesPerSignIn = 5;
const activeShare = 0.7;

/** Sizes, on the generous side. */
const sizes = {
  gbPerClient: 12e-6,
  logGbPerRun: 2e-6,
  gbOutPerRequest: 10e-6,
  secondsPerRun: 0.06,
  gbOfMemory: 1,
  eventsPerEmail: 2,
};

/** How much all clients use in a month. */
const used = (counted: Counted, clients: number, what: keyof Counted[string]): number =>
  Object.entries(habits).reduce(
    (sum, [thing, times]) => sum + (counted[thing]?.[what] ?? 0) * times * clients,
    0,
  );

/** Lambda polls a queue all the time, by five requests of 20 s; the first million a month are free for good. */
const queue = { polls: (5 * 30 * 86_400) / 20, requestsPerEvent: 3, free: 1_000_000 };

/** The canary asks for a reset every quarter of an hour, and everything on its way writes. */
const canary = { runs: 4 * 24 * 30, writes: 12, writeUnits: 48 };

/** What a month costs in US dollars, by service. */
export const monthly = (counted: Counted, clients: number): Readonly<Record<string, number>> => {
  const things = Object.values(habits).reduce((sum, times) => sum + times, 0) * clients;
  const requests = 2 * things + pagesPerSignIn * (habits['a sign-in'] ?? 0) * clients + canary.runs;
  const written = used(counted, clients, 'writes') + canary.runs * canary.writes;
  const emails = canary.runs + used(counted, clients, 'emails');
  const reports = emails * sizes.eventsPerEmail;
  const events = used(counted, clients, 'events');
  // Every request, at most every write (through the stream), every report of an email, every event that
  // is sent to a CRM, the schedules.
  const runs = requests + written + reports + events + 43_200 + canary.runs;
  const queueRequests = queue.polls + events * queue.requestsPerEvent;
  const gbSeconds = runs * sizes.secondsPerRun * sizes.gbOfMemory;
  return {
    'API Gateway': requests * prices.apiRequest,
    WAF: requests * prices.firewallRequest + standingCost.firewall,
    Lambda: runs * prices.lambdaRequest + gbSeconds * prices.lambdaGbSecond,
    DynamoDB:
      used(counted, clients, 'readUnits') * prices.tableReadUnit +
      (used(counted, clients, 'writeUnits') + canary.runs * canary.writeUnits) *
        prices.tableWriteUnit +
      clients * sizes.gbPerClient * prices.tableGbMonth,
    Cognito: usersCost(clients * activeShare),
    'SES and SNS': emails * prices.email + reports * prices.notification + standingCost.keys,
    'event bus and webhook':
      events * prices.busEvent +
      Math.max(0, queueRequests - queue.free) * prices.queueRequest +
      standingCost.secrets,
    CloudWatch:
      runs * sizes.logGbPerRun * prices.logGb +
      standingCost.alarms +
      standingCost.metrics +
      standingCost.dashboards,
    'data out': requests * sizes.gbOutPerRequest * prices.gbOut,
  };
};

/** US dollars for a million times: table and emails, which are what differs between operations. */
const operationCost = (readUnits: number, writeUnits: number, emails: number): string =>
  (
    1e6 *
    (readUnits * prices.tableReadUnit +
      writeUnits * prices.tableWriteUnit +
      emails * (prices.email + sizes.eventsPerEmail * prices.notification))
  ).toFixed(2);

/** US dollars for one event on its way from the bus to the CRM, sent alone. */
const webhookCost =
  queue.requestsPerEvent * prices.queueRequest +
  prices.lambdaRequest +
  sizes.secondsPerRun * sizes.gbOfMemory * prices.lambdaGbSecond +
  sizes.logGbPerRun * prices.logGb;

const scales = [1_000, 100_000, 1_000_000];

/** The page `docs/costs.md`. */
export const costPage = (counted: Counted): string => {
  const months = scales.map((clients) => monthly(counted, clients));
  const dollars = (amount: number) => amount.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const row = (name: string, values: readonly (number | string)[]) =>
    `| ${name} | ${values.map((value) => (typeof value === 'string' ? value : dollars(value))).join(' | ')} |`;
  const totals = months.map((month) => Object.values(month).reduce((sum, cost) => sum + cost, 0));
  const things = Object.entries(counted).map(
    ([what, { reads, readUnits, writes, writeUnits, emails }]) =>
      `| ${[what, reads, readUnits, writes, writeUnits, emails, operationCost(readUnits, writeUnits, emails)].join(' | ')} |`,
  );
  const offers = peers.map(({ name, month }) =>
    row(
      name,
      scales.map((clients) => month(clients * activeShare) ?? 'by agreement'),
    ),
  );
  const often = Object.entries(habits).map(([what, times]) => `${what} ${+times.toFixed(2)}`);
  return [
    '# What a region costs',
    '',
    `US dollars a month, one region, list prices of Sydney in ${priced} (\`infra/tools/costs/prices.ts\`).`,
    'Written by `npm run costs`; a test holds this page against the script.',
    '',
    `| clients | ${scales.map((clients) => clients.toLocaleString('en')).join(' | ')} |`,
    '|---|--:|--:|--:|',
    ...Object.keys(months[0] ?? {}).map((name) =>
      row(
        name,
        months.map((month) => month[name] ?? 0),
      ),
    ),
    row('**in all**', totals),
    row(
      'per client',
      totals.map((total, index) => (total / (scales[index] ?? 1)).toFixed(4)),
    ),
    '',
    `A client does in a month: ${often.join(', ')}.`,
    `A sign-in comes with ${pagesPerSignIn} pages; ${activeShare * 100} % of the clients are active, which is what Cognito`,
    'counts. Two requests and 60 ms at 1 GB are reckoned for each thing done, 2 KB of logs for a run, kept for a',
    'year. Calls and units of the table are counted ([calls](calls.md)), with all that follows: the emails, their',
    'events, the timeline. The last column is dollars for a million times, table and emails. A million events cost',
    `${(1e6 * prices.busEvent).toFixed(2)} on the bus, and ${(1e6 * webhookCost).toFixed(2)} more where they are sent to a CRM one by one: queue, run and its logs.`,
    '',
    '| for | reads | units | writes | units | emails | a million |',
    '|---|--:|--:|--:|--:|--:|--:|',
    ...things,
    '',
    '## Beside what others charge',
    '',
    `US dollars a month for ${activeShare * 100} % of the clients active, by each provider's own list price:`,
    '',
    `| clients | ${scales.map((clients) => clients.toLocaleString('en')).join(' | ')} |`,
    '|---|--:|--:|--:|',
    row('**this product, in all**', totals),
    ...offers,
    '',
    'These are list prices as they were known at the dates below; they were not looked up live, so check them',
    'before deciding anything by them. Clerk counts users who come back after a day, the others all who sign in.',
    '',
    ...peers.map(({ name, source }) => `- ${name}: ${source}.`),
    '',
  ].join('\n');
};

if (import.meta.main) {
  const file = new URL('./counted-calls.json', import.meta.url);
  process.stdout.write(costPage(JSON.parse(readFileSync(file, 'utf8')) as Counted));
}
