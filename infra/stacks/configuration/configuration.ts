import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { type Region, type RegionCode, regionCodes } from '../../../shared/core/region.ts';
import { accountFindings, type Finding, placeholderFindings, rowFindings } from './rules.ts';
import { type Row, type Settings, settingsSchema } from './schema.ts';
import { base, type StageName, stageNames, stages } from './stages.ts';
import { retryFindings, webhookFindings } from './webhook-rules.ts';

/** A value that can't be deployed; its message is the one sentence an engineer needs. */
export class ConfigurationError extends Error {
  readonly code = 'configuration_error';
}

/** One region of one stage: everything its two stacks are made from. */
export type RegionConfiguration = Omit<Row, keyof Region> &
  Omit<Settings, 'regions' | 'limits'> & {
    readonly stage: StageName;
    /** How everything of this region and stage is called: `portal-prod-au`. */
    readonly name: string;
    readonly version: string;
    /** Whether stacks, table and user pool refuse to be deleted. */
    readonly isProtected: boolean;
    /** What functions read. */
    readonly region: Region;
  };

type Table = { readonly [name: string]: unknown };
const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` on top of `under`, table by table; anything else of `over` replaces what was there. */
export const merge = (under: unknown, over: unknown): unknown => {
  if (!isTable(under) || !isTable(over)) return over;
  const merged = Object.entries(over).map(([name, value]) => [
    name,
    name in under ? merge(under[name], value) : value,
  ]);
  return { ...under, ...Object.fromEntries(merged) };
};

const sentence = ({ path, message }: Finding): string => {
  const field = path.join('.');
  return `Configuration: ${field || 'the file'} ${message}.`;
};

const refuse = (findings: readonly Finding[]): void => {
  if (findings[0]) throw new ConfigurationError(sentence(findings[0]));
};

const expected: Readonly<Record<string, string>> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  object: 'must be a table of fields',
  array: 'must be a list',
};

/** Words for what the schema itself finds; a rule with words of its own keeps them. */
const words: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) return 'is missing';
  if (issue.code === 'invalid_type') return expected[issue.expected] ?? `must be ${issue.expected}`;
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'unrecognized_keys') {
    return `knows no field named ${issue.keys.join(', ')}: remove it or mend its name`;
  }
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  return 'is not usable';
};

/**
 * Reads the overrides of one run: a JSON file with any part of `base` in `stages.ts`, for example
 * `{"limits": {"resetLinkSeconds": 5}, "regions": {"AU": {"origin": "http://localhost:4101",
 * "staff": {"issuer": "http://127.0.0.1:4191", "keysUrl": "http://127.0.0.1:4191/jwks"},
 * "limits": {"sessionIdleSeconds": 60}}}}`. A region's own `limits` win over the common ones.
 */
const readOverrides = (file: string): unknown => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigurationError(`Configuration: the file ${file} cannot be read.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ConfigurationError(`Configuration: the file ${file} is not JSON.`);
  }
};

const settingsOf = (stage: StageName, overrides: unknown): Settings => {
  const merged = merge(merge(base, stages[stage]), overrides) as Table;
  const rows = isTable(merged['regions']) ? merged['regions'] : {};
  const withLimits = Object.fromEntries(
    Object.entries(rows).map(([code, row]) => [code, merge({ limits: merged['limits'] }, row)]),
  );
  const read = z.safeParse(settingsSchema, { ...merged, regions: withLimits }, { error: words });
  if (!read.success) {
    throw new ConfigurationError(
      sentence({
        path: (read.error.issues[0]?.path ?? []).map(String),
        message: read.error.issues[0]?.message ?? 'is not usable',
      }),
    );
  }
  return read.data;
};

const readDeployed = (text: string): RegionCode[] =>
  text.split(',').map((code) => {
    const known = regionCodes.find((region) => region === code);
    if (known) return known;
    throw new ConfigurationError(
      `Configuration: PORTAL_DEPLOY names regions, such as AU or AU,NZ, and not ${code}.`,
    );
  });

const readStages = (text: string | undefined): readonly StageName[] => {
  if (text === undefined) return ['dev', 'prod'];
  const stage = stageNames.find((name) => name === text);
  if (stage) return [stage];
  throw new ConfigurationError(
    `Configuration: PORTAL_STAGE must be one of ${stageNames.join(', ')}, not ${text}.`,
  );
};

const configurationOf = (
  stage: StageName,
  { regions, limits: _, ...settings }: Settings,
  code: RegionCode,
  version: string,
): RegionConfiguration => {
  const { country, brand, origin, portalUrl, locale, timeZone, ...more } = regions[code];
  const { sender, helpDesk, epoch, limits, ...row } = more;
  const otherPortals = regionCodes
    .filter((other) => other !== code)
    .map((other) => ({ country: regions[other].country, origin: regions[other].origin }));
  const region = {
    code,
    country,
    brand,
    origin,
    ...(portalUrl !== undefined && { portalUrl }),
    locale,
    timeZone,
    sender,
    helpDesk,
    epoch,
    limits,
    otherPortals,
  };
  return {
    ...settings,
    ...row,
    stage,
    name: `portal-${stage}-${code.toLowerCase()}`,
    version,
    isProtected: settings.keepData && row.isLive,
    region,
  };
};

/** What decides a run: these variables and nothing else. */
export type Choice = {
  /** `dev`, `prod` or `local`; without it, both that can be deployed. */
  readonly PORTAL_STAGE?: string | undefined;
  /** A file of overrides. */
  readonly PORTAL_CONFIG?: string | undefined;
  /** The regions that are about to be deployed, such as `AU`: no placeholder may be left in them. */
  readonly PORTAL_DEPLOY?: string | undefined;
  /** What `/api/health` answers as its version. */
  readonly PORTAL_VERSION?: string | undefined;
};

/**
 * The regions to synthesize, checked.
 * @throws ConfigurationError for the first value that is wrong, naming its field.
 */
export const readConfiguration = (choice: Choice): RegionConfiguration[] => {
  const overrides = choice.PORTAL_CONFIG ? readOverrides(choice.PORTAL_CONFIG) : {};
  const deployed = choice.PORTAL_DEPLOY ? readDeployed(choice.PORTAL_DEPLOY) : [];
  return readStages(choice.PORTAL_STAGE).flatMap((stage) => {
    const settings = settingsOf(stage, overrides);
    const isLocal = stage === 'local';
    const eachRow = (find: typeof rowFindings) =>
      regionCodes.flatMap((code) => find(code, settings.regions[code], isLocal));
    refuse(eachRow(rowFindings));
    refuse(eachRow(webhookFindings));
    refuse(retryFindings(settings, isLocal));
    refuse(accountFindings(settings));
    refuse(deployed.flatMap((code) => placeholderFindings(code, settings.regions[code])));
    return (deployed.length ? deployed : regionCodes).map((code) =>
      configurationOf(stage, settings, code, choice.PORTAL_VERSION ?? 'unreleased'),
    );
  });
};
