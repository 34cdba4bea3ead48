import { parseArgs } from 'node:util';
import { type RegionCode, regionCodes } from '../../shared/core/region.ts';
import { UsageError } from './usage.ts';

const options = {
  region: { type: 'string' },
  email: { type: 'string' },
  name: { type: 'string' },
  status: { type: 'string' },
  delivery: { type: 'string' },
  limit: { type: 'string' },
  all: { type: 'boolean' },
  consent: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  report: { type: 'string' },
  actor: { type: 'string' },
  json: { type: 'boolean' },
  yes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const parse = (typed: readonly string[]) => {
  try {
    return parseArgs({ args: [...typed], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'These options are not known.');
  }
};

export type Typed = ReturnType<typeof parse>['values'] & {
  readonly command: string | undefined;
  readonly what: readonly string[];
};

/** @throws UsageError for an option that is not known or lacks its value */
export const readArguments = (typed: readonly string[]): Typed => {
  const {
    values,
    positionals: [command, ...what],
  } = parse(typed);
  return { ...values, command, what };
};

/** @throws UsageError if no region is named */
export const regionIn = ({ region }: Typed): RegionCode => {
  const code = regionCodes.find((one) => one === region?.toUpperCase());
  if (!code) throw new UsageError('Say which portal: --region au, nz or us.');
  return code;
};

/** @throws UsageError unless it was typed */
export const needed = (value: string | undefined, name: string): string => {
  if (value === undefined || value === '') throw new UsageError(`${name} is missing.`);
  return value;
};
