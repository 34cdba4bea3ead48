import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { regionCodes } from '../../shared/core/region.ts';
import { type Calls, playAll, recordCalls, secretsAtRest } from '../faults/cases.ts';
import { faults } from '../faults/fault.ts';
import { type Case, type Played, Table } from '../faults/table.ts';
import { openWorld, type World } from '../faults/world.ts';

/** The flows that most depend on the order of their writes; `npm run faults` plays all. */
const flows = [
  'a client accepts',
  'a client resets the password',
  'staff move the account to another address',
  'staff revoke',
];

/** Each call meets this many of the faults, in turn, so that all of them are met. */
const perCall = 2;

const told: readonly Case[] = [
  { flow: 'the CRM is told', call: '(GetSecretValue)', fault: 'refused' },
  { flow: 'the CRM is told', call: '(ChangeMessageVisibility)', fault: 'timed out after' },
];

const casesOf = (flow: string, calls: readonly string[]): Case[] =>
  calls.flatMap((call, index) =>
    Array.from({ length: perCall }, (_, more) => {
      const fault = faults[(index * perCall + more) % faults.length] ?? 'refused';
      return { flow, call, fault };
    }),
  );

describe('whatever befalls a call of AWS, through the real local run', () => {
  let world: World;
  let calls: Calls;
  let played: readonly Played[] = [];
  beforeAll(async () => {
    world = await openWorld();
    const table = new Table(world);
    calls = await recordCalls(table, regionCodes, flows);
    const cases = [...calls].flatMap(([flow, made]) => casesOf(flow, made));
    played = await playAll(table, [...cases, ...told], { regions: regionCodes, atOnce: 4 });
  }, 900_000);
  afterAll(() => world?.close());

  it.each(flows)('%s: every promise is kept', (flow) => {
    const mine = played.filter((one) => one.flow === flow);
    const broken = mine.filter(({ violations }) => violations.length > 0);
    expect(broken.map(({ name, violations }) => ({ name, violations }))).toEqual([]);
    const made = calls.get(flow)?.length ?? 0;
    expect(made).toBeGreaterThan(0);
    expect(mine.filter(({ isStruck }) => isStruck).length).toBeGreaterThan(made / 2);
  });

  it.each(told)('the CRM is told, though $call is $fault', (one) => {
    expect(played).toContainEqual(
      expect.objectContaining({ ...one, isStruck: true, violations: [] }),
    );
  });

  it('and nothing secret is at rest', async () => {
    expect(played.length).toBeGreaterThan(0);
    expect(await secretsAtRest(world, played)).toEqual([]);
  });
});
