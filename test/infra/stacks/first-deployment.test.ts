import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { live, type Stack, synthesized } from '../../support/synthesized.ts';

const both = ['portal-prod-nz', 'portal-prod-nz-mail'] as const;
let first: Readonly<Record<string, Stack>> = {};
let later: Readonly<Record<string, Stack>> = {};
beforeAll(async () => {
  first = await synthesized();
  later = await synthesized(live);
});

const protections = (stacks: Readonly<Record<string, Stack>>) => ({
  stacks: both.map((name) => stacks[name]?.protectedFromDeletion),
  table: stacks['portal-prod-nz']?.one('AWS::DynamoDB::Table')['DeletionProtectionEnabled'],
  pool: stacks['portal-prod-nz']?.one('AWS::Cognito::UserPool')['DeletionProtection'],
});

describe('a first deployment that fails', () => {
  it('can be rolled back and tried again: nothing refuses to be deleted yet', () => {
    expect(protections(first)).toEqual({ stacks: [false, false], table: false, pool: 'INACTIVE' });
  });

  it('has no canary until the region is live: nobody could reach its portal', () => {
    const state = (stacks: typeof first) =>
      stacks['portal-prod-nz']?.one('AWS::Events::Rule', '-canary')['State'];
    expect([state(first), state(later)]).toEqual(['DISABLED', 'ENABLED']);
  });

  it('leaves nothing behind that has a name: what it created goes, what was there stays', () => {
    const kept = both.flatMap((name) =>
      Object.values(first[name]?.resources ?? {}).filter(
        // API Gateway's role for logs belongs to the account, and has no name of its own.
        ({ Type, UpdateReplacePolicy }) =>
          UpdateReplacePolicy === 'Retain' && !/^AWS::(IAM::Role|ApiGateway::Account)$/.test(Type),
      ),
    );
    expect(kept.length).toBeGreaterThan(12);
    expect(new Set(kept.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(
      new Set(['RetainExceptOnCreate']),
    );
  });

  it('waits for nobody to enter a DNS record', () => {
    expect(first['portal-prod-nz']?.text).not.toContain('AWS::CertificateManager');
  });
});

describe('once the region is live', () => {
  it('stacks, table and user pool refuse to be deleted', () => {
    expect(protections(later)).toEqual({ stacks: [true, true], table: true, pool: 'ACTIVE' });
  });
});

describe('what AWS has refused', () => {
  const templates = () => Object.values(first).map(({ text }) => text);

  it('an empty list of rule actions is left out', () => {
    expect(templates().filter((text) => text.includes('"RuleActionOverrides":[]'))).toEqual([]);
  });

  it('a new account has no concurrency to set aside: development sets none aside', () => {
    const reserving = Object.keys(first).filter((name) =>
      first[name]?.text.includes('ReservedConcurrentExecutions'),
    );
    expect(reserving).toEqual(['portal-prod-au', 'portal-prod-nz', 'portal-prod-us']);
  });

  it('how much production sets aside stands in docs/deploying.md', () => {
    const aside = first['portal-prod-nz']
      ?.all('AWS::Lambda::Function')
      .map(({ Properties }) => Number(Properties['ReservedConcurrentExecutions'] ?? 0))
      .reduce((sum, one) => sum + one, 0);
    expect(readFileSync('docs/deploying.md', 'utf8')).toContain(`Production sets ${aside} aside`);
  });
});

describe('the feature flags', () => {
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;

  it('are all set, as CDK recommends', () => {
    expect(read('cdk.json')['context']).toEqual(
      read('node_modules/aws-cdk-lib/recommended-feature-flags.json'),
    );
  });

  it('count for every caller, not only for the command that reads cdk.json', () => {
    // Without `enablePartitionLiterals`, an ARN is joined from the partition.
    expect(first['portal-prod-nz']?.text).not.toContain('AWS::Partition"},":execute-api');
  });
});
