import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Microseconds: Lambda's own scheduling period is said to be 20 ms. */
const period = 20_000;

export type CpuShare = {
  /** For the measured process, which joins the group and lowers its own share. */
  readonly env: Readonly<Record<string, string>>;
  readonly remove: () => void;
};

/**
 * A control group of Linux that bounds a process's CPU as Lambda does at 1,024 MB: one CPU while it
 * starts, 0.58 of one while it answers. Undefined where this process may not make one.
 */
export const openCpuShare = (): CpuShare | undefined => {
  const name = `bench-${process.pid}`;
  const isFirstVersion = existsSync('/sys/fs/cgroup/cpu/cpu.cfs_quota_us');
  const folder = join('/sys/fs/cgroup', isFirstVersion ? 'cpu' : '', name);
  try {
    mkdirSync(folder);
    if (isFirstVersion) writeFileSync(join(folder, 'cpu.cfs_period_us'), String(period));
    const quota = isFirstVersion ? 'cpu.cfs_quota_us' : 'cpu.max';
    const share = (part: number) =>
      isFirstVersion ? String(period * part) : `${period * part} ${period}`;
    writeFileSync(join(folder, quota), share(1));
    return {
      env: {
        CPU_GROUP: join(folder, 'cgroup.procs'),
        CPU_QUOTA: join(folder, quota),
        CPU_WHOLE: share(1),
        CPU_PART: share(0.58),
      },
      remove: () => rmdirSync(folder),
    };
  } catch {
    return undefined;
  }
};
