import type { RegionCode } from '../../shared/core/region.ts';
import { faults } from './fault.ts';
import { flows } from './flows.ts';
import { type Case, isExclusive, nameOf, type Played, type Table } from './table.ts';
import type { World } from './world.ts';

/** The calls of every flow, as made when nothing is broken. */
export type Calls = ReadonlyMap<string, readonly string[]>;

/** Each region has functions of its own: their flows are recorded side by side. */
export const recordCalls = async (
  table: Table,
  regions: readonly RegionCode[],
  names: readonly string[] = Object.keys(flows),
): Promise<Calls> => {
  const calls = new Map<string, readonly string[]>();
  await Promise.all(
    regions.map(async (region, index) => {
      for (const name of names.filter((_, at) => at % regions.length === index)) {
        calls.set(name, await table.record(name, region));
      }
    }),
  );
  return new Map(names.map((name) => [name, calls.get(name) ?? []]));
};

export const casesOf = (calls: Calls): Case[] =>
  [...calls].flatMap(([flow, made]) =>
    made.flatMap((call) => faults.map((fault) => ({ flow, call, fault }))),
  );

/** The same numbers from the same seed (mulberry32): nothing here is secret. */
export const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const shuffled = <T>(list: readonly T[], random: () => number): T[] =>
  list
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

type Settings = {
  readonly regions: readonly RegionCode[];
  /** Cases under way at once, in each region. */
  readonly atOnce: number;
  readonly note?: (played: Played) => void;
  /** A case broke a promise, and will be repeated. */
  readonly doubt?: (played: Played) => void;
  /** No case is begun after this time, in milliseconds since 1970. */
  readonly until?: number;
};

/** A case whose call was not made, as when two writers met elsewhere, is played again. */
const mostTries = 3;

const playOne = async (table: Table, one: Case, region: RegionCode): Promise<Played> => {
  for (let tries = 1; ; tries += 1) {
    const played = await table.play(one, region).catch((error: unknown) => ({
      ...one,
      name: nameOf(one),
      isStruck: true,
      violations: [`it could not be played: ${error}`],
      secrets: [],
    }));
    if (played.isStruck || played.violations.length > 0 || tries === mostTries) return played;
  }
};

/** How often a case that broke a promise is repeated, with nothing beside it. */
const mostRepetitions = 2;

/** Whether a case breaks a promise each time, or only did among others on a busy machine. */
const repeatAlone = async (table: Table, first: Played, region: RegionCode): Promise<Played> => {
  const secrets = [...first.secrets];
  for (let count = 0; count < mostRepetitions; count += 1) {
    const again = await playOne(table, first, region);
    secrets.push(...again.secrets);
    const doubts = first.violations;
    if (again.violations.length === 0) return { ...again, doubts, secrets };
  }
  return { ...first, secrets };
};

/**
 * Plays all cases; those that would befall others come last, one at a time in each region, and at the
 * very end, those that broke a promise, alone.
 */
export const playAll = async (
  table: Table,
  cases: readonly Case[],
  { regions, atOnce, note, doubt, until = Number.POSITIVE_INFINITY }: Settings,
): Promise<Played[]> => {
  const all: Played[] = [];
  const work = async (waiting: Case[], region: RegionCode, end: number) => {
    for (let one = waiting.shift(); one && Date.now() < end; one = waiting.shift()) {
      const played = await playOne(table, one, region);
      all.push(played);
      if (played.violations.length > 0) doubt?.(played);
      else note?.(played);
    }
  };
  const together = cases.filter((one) => !isExclusive(one));
  const alone = cases.filter(isExclusive);
  const workers = regions.flatMap((region) => Array.from({ length: atOnce }, () => region));
  const half = Date.now() + (until - Date.now()) / 2;
  await Promise.all(workers.map((region) => work(together, region, half)));
  await Promise.all(regions.map((region) => work(alone, region, until)));
  const [region] = regions;
  for (const [index, one] of all.entries()) {
    if (one.violations.length === 0 || !region) continue;
    const repeated = await repeatAlone(table, one, region);
    all[index] = repeated;
    note?.(repeated);
  }
  return all;
};

/** Whose secrets are kept or told anywhere, and the logs that name an address. */
export const secretsAtRest = async (
  world: World,
  owners: readonly { readonly name: string; readonly secrets: readonly string[] }[],
): Promise<string[]> => {
  return [...(await world.atRest())].flatMap(([place, text]) => {
    const leaks = owners
      .filter(({ secrets }) => secrets.some((one) => text.includes(one)))
      .map(({ name }) => `${name}: a secret is in ${place}`);
    const [around] = place.endsWith('.log')
      ? (/.{0,200}ft[0-9a-f]{10}@example/.exec(text) ?? [])
      : [];
    return around ? [...leaks, `${place} names an address: ${around}`] : leaks;
  });
};
