import { readFileSync } from 'node:fs';
import { mailCheck, openChecks, type Portal } from './checks.ts';

const help = `Checks portals from outside, harmlessly.

  npm run smoke -- local                       every portal of the local run
  npm run smoke -- <region> <origin>           a deployed one, for example AU https://...

With a staff token in STAFF_TOKEN it also sends an invitation to SES's simulator and erases it.
Exit code: 0 all is well, 1 a check failed, 2 it could not be tried.
`;

type Run = { regions: Record<string, { portal: string; staffTokens: { readWrite: string } }> };

const portalsOf = ([first, origin]: readonly string[]): Portal[] | undefined => {
  if (first === 'local') {
    const run = JSON.parse(readFileSync('.local/run.json', 'utf8')) as Run;
    return Object.entries(run.regions).map(([region, { portal, staffTokens }]) => ({
      region,
      origin: portal,
      staffToken: staffTokens.readWrite,
    }));
  }
  if (!first || !origin || !URL.canParse(origin)) return undefined;
  return [
    {
      region: first.toUpperCase(),
      origin: new URL(origin).origin,
      staffToken: process.env['STAFF_TOKEN'],
    },
  ];
};

const say = (text: string) => process.stdout.write(`${text}\n`);

const isSilent = (origin: string) =>
  fetch(origin, { signal: AbortSignal.timeout(15_000) }).then(
    () => false,
    () => true,
  );

const check = async (portal: Portal): Promise<number> => {
  const checks = Object.entries(openChecks);
  if (portal.staffToken) checks.push(['an invitation reaches a mailbox', mailCheck]);
  let failed = 0;
  for (const [name, isWrong] of checks) {
    const wrong = await isWrong(portal).catch((error: Error) => `no answer (${error.message})`);
    if (wrong) failed += 1;
    say(`${wrong ? 'FAIL' : ' ok '} ${portal.region}  ${name}${wrong ? `: ${wrong}` : ''}`);
  }
  if (!portal.staffToken) say(`skip ${portal.region}  an invitation: STAFF_TOKEN is not set`);
  return failed;
};

const main = async (words: readonly string[]): Promise<number> => {
  let portals: Portal[] | undefined;
  try {
    portals = portalsOf(words);
  } catch {
    process.stderr.write('No local run is found: start it with npm start and leave it running.\n');
    return 2;
  }
  if (!portals) {
    process.stderr.write(help);
    return 2;
  }
  for (const { origin } of portals) {
    if (await isSilent(origin)) {
      process.stderr.write(`Nothing answers at ${origin}.\n`);
      return 2;
    }
  }
  let failed = 0;
  for (const portal of portals) failed += await check(portal);
  return failed > 0 ? 1 : 0;
};

process.exitCode = await main(process.argv.slice(2));
