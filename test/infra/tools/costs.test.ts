import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Counted, costPage, monthly } from '../../../infra/tools/costs/costs.ts';

const counted = JSON.parse(readFileSync('infra/tools/costs/counted-calls.json', 'utf8')) as Counted;
const total = (clients: number) =>
  Object.values(monthly(counted, clients)).reduce((sum, cost) => sum + cost, 0);

describe('what a region costs', () => {
  it('stands in docs/costs.md as the script computes it', async () => {
    await expect(costPage(counted)).toMatchFileSnapshot('../../../docs/costs.md');
  });

  it('grows with the clients and no faster', () => {
    expect(total(1_000_000)).toBeLessThan(10.5 * total(100_000));
    expect(total(100_000)).toBeLessThan(100 * total(1_000));
  });

  it('counts what each thing does', () => {
    for (const what of ['an invitation', 'an acceptance', 'a sign-in', 'a reset']) {
      expect(counted[what]?.writeUnits).toBeGreaterThan(0);
    }
    expect(counted['a reset']).toMatchObject({ emails: 2 });
  });
});
