import {
  ConfigurationError,
  type RegionConfiguration,
  readConfiguration,
} from '../../infra/stacks/configuration/configuration.ts';
import { accountCheck } from '../../infra/tools/preflight/account-checks.ts';
import { unreachable } from '../../infra/tools/preflight/unreachable.ts';
import { withLocalTarget } from './local-target.ts';
import { withProbe } from './probe/with-probe.ts';
import { countOf, reportOf } from './report.ts';
import { checkAll } from './run-sentences.ts';
import { chapters } from './sentences.ts';
import type { Target } from './target.ts';

const help = `Checks what the product believes of AWS, sentence by sentence: docs/conformance.md.

  npm run conformance -- local     on the stand-ins of the local run
  npm run conformance -- dev-au    on AWS, in the account of that row, by your own credentials

Exit code: 0 every sentence is kept or can't be checked there, 1 some are broken, 2 it could not be tried.
`;

const say = (text: string) => process.stdout.write(`${text}\n`);

const check = async (target: Target): Promise<number> => {
  const results = await checkAll(chapters, target);
  process.stdout.write(reportOf(results));
  return countOf(results).broken > 0 ? 1 : 0;
};

const rowOf = (name: string | undefined): RegionConfiguration | undefined => {
  const [stage, region] = name?.split('-') ?? [];
  if (!stage || !region) return undefined;
  return readConfiguration({ ...process.env, PORTAL_STAGE: stage, PORTAL_DEPLOY: undefined }).find(
    (row) => row.name === `portal-${name}`,
  );
};

/** In the account of the row and in no other. */
const checkAccount = async (row: RegionConfiguration): Promise<number> => {
  const finding = await accountCheck(row);
  if (finding.kind !== 'fine') {
    process.stderr.write(`${finding.what}: ${finding.say}.\n`);
    return 2;
  }
  const patience = { seconds: 300, everyMs: 2_000 };
  return withProbe({ row, access: {}, isAws: true, patience, say }, check);
};

const main = async ([name]: readonly string[]): Promise<number> => {
  try {
    if (name === 'local') return await withLocalTarget({ say }, check);
    const row = rowOf(name);
    if (row) return await checkAccount(row);
    process.stderr.write(help);
  } catch (error) {
    const sentence = error instanceof ConfigurationError ? error.message : unreachable(error);
    if (!sentence) throw error;
    process.stderr.write(`${sentence}\n`);
  }
  return 2;
};

process.exitCode = await main(process.argv.slice(2));
