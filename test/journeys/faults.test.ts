import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playAll, secretsAtRest } from '../faults/cases.ts';
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

describe('whatever befalls a call of AWS, through the real local run', () => {
  let world: World;
  let table: Table;
  beforeAll(async () => {
    world = await openWorld(['AU']);
    table = new Table(world);
  }, 300_000);
  afterAll(() => world?.close());

  const all: Played[] = [];
  it.each(flows)('%s: every promise is kept', { timeout: 900_000 }, async (flow) => {
    const calls = await table.record(flow, 'AU');
    const cases = calls.flatMap((call, index): Case[] =>
      Array.from({ length: perCall }, (_, more) => {
        const fault = faults[(index * perCall + more) % faults.length] ?? 'refused';
        return { flow, call, fault };
      }),
    );
    const played = await playAll(table, cases, { regions: ['AU'], atOnce: 4 });
    all.push(...played);
    const broken = played.filter(({ violations }) => violations.length > 0);
    expect(broken.map(({ name, violations }) => ({ name, violations }))).toEqual([]);
    expect(played.filter(({ isStruck }) => isStruck).length).toBeGreaterThan(calls.length / 2);
  });

  it.each<Omit<Case, 'flow'>>([
    { call: '(GetSecretValue)', fault: 'refused' },
    { call: '(ChangeMessageVisibility)', fault: 'timed out after' },
  ])('the CRM is told, though $call is $fault', { timeout: 900_000 }, async (one) => {
    const played = await table.play({ flow: 'the CRM is told', ...one }, 'AU');
    all.push(played);
    expect(played).toMatchObject({ isStruck: true, violations: [] });
  });

  it('and nothing secret is at rest', async () => {
    expect(all.length).toBeGreaterThan(0);
    expect(await secretsAtRest(world, all)).toEqual([]);
  });
});
