import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Counted, costPage, monthly } from '../../../infra/tools/costs/costs.ts';
import { standing } from '../../../infra/tools/costs/prices.ts';
import { synthesized } from '../../support/synthesized.ts';

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

type Metric = { readonly Namespace?: string };
type Alarm = Metric & {
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: Metric } }[];
};

it('what a region has, however few clients, is reckoned as its templates have it', async () => {
  const stacks = await synthesized();
  const own = ['portal-prod-au', 'portal-prod-au-mail'].map((name) => stacks[name]);
  const all = (type: string) =>
    own.flatMap((stack) => stack?.all(type) ?? []).map(({ Properties }) => Properties);
  const watched = all('AWS::CloudWatch::Alarm').flatMap((properties): Metric[] => {
    const { Metrics, ...alone } = properties as Alarm;
    if (Metrics) return Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
    const { Namespace, MetricName, Dimensions } = alone as Record<string, string>;
    return [{ Namespace, MetricName, Dimensions } as Metric];
  });
  const ours = watched.filter(({ Namespace }) => Namespace === 'Portal');
  expect({
    firewallRules: all('AWS::WAFv2::WebACL').flatMap(({ Rules }) => Rules).length,
    watchedMetrics: watched.length,
    ownMetrics: new Set(ours.map((metric) => JSON.stringify(metric))).size,
    dashboards: all('AWS::CloudWatch::Dashboard').length,
    keys: all('AWS::KMS::Key').length,
    secrets: all('AWS::SecretsManager::Secret').length,
  }).toEqual(standing);
});
