import {
  type RegionConfiguration,
  readConfiguration,
} from '../../infra/stacks/configuration/configuration.ts';
import { withProbe } from './probe/with-probe.ts';
import { type Faults, type StandIns, startStandIns } from './stand-ins/stand-ins.ts';
import type { Patience, Target } from './target.ts';

const account = '000000000000';
const credentials = { accessKeyId: 'engineer', secretAccessKey: 'local' };

/** New Zealand's row: the one whose home and email region are two. */
const localRow = () => {
  const row = readConfiguration({ PORTAL_STAGE: 'local' }).find(
    ({ region }) => region.code === 'NZ',
  );
  if (!row) throw new Error('The configuration has no row for NZ.');
  return { ...row, account };
};

/** An account of this machine in which a row's mail stack is deployed. */
export const startLocalAccount = (
  { region, emailRegion }: Pick<RegionConfiguration, 'region' | 'emailRegion'>,
  faults: Faults = {},
): Promise<StandIns> => {
  const domain = region.sender.slice(region.sender.indexOf('@') + 1);
  return startStandIns({ ...faults, account, identity: { domain, region: emailRegion } });
};

type Settings = {
  readonly faults?: Faults;
  readonly patience?: Patience;
  readonly say?: (line: string) => void;
};

/** Makes a probe of the stand-ins, works with it, and stops them. */
export const withLocalTarget = async <Result>(
  { faults = {}, patience = { seconds: 120, everyMs: 50 }, say = () => undefined }: Settings,
  work: (target: Target, standIns: StandIns) => Promise<Result>,
): Promise<Result> => {
  const row = localRow();
  const standIns = await startLocalAccount(row, faults);
  try {
    const access = { endpoints: standIns.endpoints, credentials };
    const settings = { row, access, isAws: false, patience, say };
    return await withProbe(settings, (target) => work(target, standIns));
  } finally {
    await standIns.close();
  }
};
