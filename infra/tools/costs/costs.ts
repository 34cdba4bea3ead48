import { readFileSync } from 'node:fs';
import { priced, prices, standing, usersCost } from './prices.ts';

/** How often each AWS action is called for one thing that somebody does. */
export type Counted = Readonly<Record<string, Readonly<Record<string, number>>>>;

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

/** Sizes, on the generous side: a contact's item is 2 KB and stands in two indexes as well. */
const sizes = {
  writeUnits: 6,
  readUnits: 1,
  gbPerClient: 12e-6,
  logGbPerRun: 2e-6,
  gbOutPerRequest: 10e-6,
  secondsPerRun: 0.06,
  gbOfMemory: 1,
  eventsPerEmail: 2,
  tracedShare: 0.05,
};

const reads = ['GetItem', 'BatchGetItem', 'Query'];
const writes = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'];

/** How often the named actions are called in a month. */
const calls = (counted: Counted, clients: number, service: string, actions: readonly string[]) =>
  Object.entries(habits).reduce((sum, [what, times]) => {
    const each = counted[what] ?? {};
    const made = actions.reduce((all, action) => all + (each[`${service}:${action}`] ?? 0), 0);
    return sum + made * times * clients;
  }, 0);

/** The canary asks for a reset every quarter of an hour, and everything on its way writes. */
const canary = { runs: 4 * 24 * 30, writes: 12 };

/** What a month costs in US dollars, by service. */
export const monthly = (counted: Counted, clients: number): Readonly<Record<string, number>> => {
  const things = Object.values(habits).reduce((sum, times) => sum + times, 0) * clients;
  const requests = 2 * things + pagesPerSignIn * (habits['a sign-in'] ?? 0) * clients + canary.runs;
  const written = calls(counted, clients, 'dynamodb', writes) + canary.runs * canary.writes;
  const emails = canary.runs + calls(counted, clients, 'ses', ['SendRawEmail']);
  const events = emails * sizes.eventsPerEmail;
  // Every request, at most every write (through the stream), every report of an email, the schedules.
  const runs = requests + written + events + 43_200 + canary.runs;
  const gbSeconds = runs * sizes.secondsPerRun * sizes.gbOfMemory;
  return {
    'API Gateway': requests * prices.apiRequest,
    WAF: requests * prices.firewallRequest + standing['firewall: its list and nine rules'],
    Lambda: runs * prices.lambdaRequest + gbSeconds * prices.lambdaGbSecond,
    DynamoDB:
      calls(counted, clients, 'dynamodb', reads) * sizes.readUnits * prices.tableReadUnit +
      written * sizes.writeUnits * prices.tableWriteUnit +
      clients * sizes.gbPerClient * prices.tableGbMonth,
    Cognito: usersCost(clients * activeShare),
    'SES and SNS': emails * prices.email + events * prices.notification,
    'CloudWatch and X-Ray':
      runs * (sizes.logGbPerRun * prices.logGb + sizes.tracedShare * prices.trace) +
      standing['alarms, and the metrics they add up'] +
      standing['metrics of our own'] +
      standing['a dashboard'],
    'data out': requests * sizes.gbOutPerRequest * prices.gbOut,
  };
};

const scales = [1_000, 100_000, 1_000_000];

/** The page `docs/costs.md`. */
export const costPage = (counted: Counted): string => {
  const months = scales.map((clients) => monthly(counted, clients));
  const dollars = (amount: number) => amount.toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  const row = (name: string, values: readonly (number | string)[]) =>
    `| ${name} | ${values.map((value) => (typeof value === 'string' ? value : dollars(value))).join(' | ')} |`;
  const totals = months.map((month) => Object.values(month).reduce((sum, cost) => sum + cost, 0));
  const things = Object.entries(counted).map(
    ([what, each]) =>
      `| ${what} | ${Object.entries(each)
        .map(([action, count]) => `${count} ${action.split(':')[1]}`)
        .join(', ')} |`,
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
    'counts. Two requests and 60 ms at 1 GB are reckoned for each thing done, 6 write units for a write',
    '(a contact stands in two indexes as well), 2 KB of logs for a run, kept for a year. The calls',
    'themselves are counted on the local run (`COUNT_CALLS=1 npx vitest run test/infra/least`):',
    '',
    '| for | calls of AWS |',
    '|---|---|',
    ...things,
    '',
  ].join('\n');
};

if (import.meta.main) {
  const file = new URL('./counted-calls.json', import.meta.url);
  process.stdout.write(costPage(JSON.parse(readFileSync(file, 'utf8')) as Counted));
}
