import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readConfiguration } from '../../../infra/stacks/configuration/configuration.ts';
import { live, type Stack, synthesized } from '../../support/synthesized.ts';

let stack: Stack;
let without: Stack;
beforeAll(async () => {
  const all = await synthesized();
  const bare = await synthesized(live);
  if (!all['portal-prod-nz'] || !bare['portal-prod-nz']) throw new Error('No stack of NZ.');
  stack = all['portal-prod-nz'];
  without = bare['portal-prod-nz'];
});

const queueArn = { 'Fn::GetAtt': [expect.stringMatching(/^WebhookQueue/), 'Arn'] };
const failedArn = { 'Fn::GetAtt': [expect.stringMatching(/^WebhookFailed/), 'Arn'] };

describe('the webhook of a region', () => {
  it('gets every event of ours, as it is; what the queue does not take is laid aside', () => {
    const rule = stack.one('AWS::Events::Rule', 'portal-prod-nz-webhook');
    expect(rule).toMatchObject({
      EventPattern: { source: ['customer-portal'] },
      EventBusName: { Ref: expect.stringMatching(/^EventsBus/) },
      State: 'ENABLED',
    });
    const target = { Arn: queueArn, Id: 'Target0', DeadLetterConfig: { Arn: failedArn } };
    expect(rule['Targets']).toEqual([target]); // And so it keeps EventBridge's own day of retries.
  });

  it('keeps events encrypted for four days, tries each 36 times, and its dead letters for 14 days', () => {
    expect(stack.one('AWS::SQS::Queue', '"portal-prod-nz-webhook"')).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 4 * 86_400,
      VisibilityTimeout: 360,
      RedrivePolicy: { deadLetterTargetArn: failedArn, maxReceiveCount: 36 },
    });
    expect(stack.one('AWS::SQS::Queue', '"portal-prod-nz-webhook-failed"')).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 86_400,
    });
  });

  it('lets nobody but its own rule put events into its queues, and nothing in without TLS', () => {
    for (const arn of [queueArn, failedArn]) {
      const policies = stack
        .all('AWS::SQS::QueuePolicy')
        .map(({ Properties }) => Properties['PolicyDocument'] as { Statement: object[] })
        .filter(({ Statement }) =>
          expect.objectContaining({ Resource: arn }).asymmetricMatch(Statement[0]),
        );
      const statements = policies.flatMap(({ Statement }) => Statement);
      expect(statements).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Action: 'sqs:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
      const rule = { 'Fn::GetAtt': [expect.stringMatching(/^WebhookRule/), 'Arn'] };
      const allowed = statements.filter((one) => 'Effect' in one && one.Effect === 'Allow');
      expect(allowed).toEqual([
        expect.objectContaining({
          Principal: { Service: 'events.amazonaws.com' },
          Condition: { ArnEquals: { 'aws:SourceArn': rule } },
        }),
      ]);
    }
  });

  it('sends ten at once, twice at most, and learns which of them failed', () => {
    expect(stack.one('AWS::Lambda::EventSourceMapping', 'WebhookQueue')).toMatchObject({
      EventSourceArn: queueArn,
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
    const { Timeout, Environment } = stack.one('AWS::Lambda::Function', '-nz-webhook"');
    expect(Timeout).toBe(60);
    const { Variables } = Environment as { Variables: Record<string, string> };
    expect(JSON.parse(Variables['WEBHOOK'] ?? '')).toEqual({
      url: 'https://crm.example.com/portal-events/nz',
      retries: { firstWaitSeconds: 30, longestWaitSeconds: 3_600, tries: 36 },
    });
    expect(Variables['WEBHOOK_KEYS']).toBe('portal-prod-nz-webhook');
  });

  it('signs with a secret that only Secrets Manager has seen', () => {
    expect(stack.one('AWS::SecretsManager::Secret')).toMatchObject({
      Name: 'portal-prod-nz-webhook',
      GenerateSecretString: { PasswordLength: 44, ExcludePunctuation: true },
    });
    expect(stack.one('AWS::SecretsManager::Secret')['SecretString']).toBeUndefined();
    expect(stack.text).not.toContain('whsec_');
  });

  it('is not there in a region without one, and nothing else is different', () => {
    const names = (one: Stack) => Object.keys(one.resources).filter((id) => !/^Alarms/.test(id));
    const own = names(stack).filter((id) => !names(without).includes(id));
    expect(own.length).toBeGreaterThan(5);
    expect(own.filter((id) => !id.startsWith('Webhook'))).toEqual([]);
    expect(names(without).filter((id) => !names(stack).includes(id))).toEqual([]);
    expect(without.text).not.toMatch(/webhook/i);
  });
});

const read = (overrides: unknown, choice: object = { PORTAL_STAGE: 'prod' }) => {
  const folder = mkdtempSync(join(tmpdir(), 'webhook-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'overrides.json');
  writeFileSync(file, JSON.stringify(overrides));
  return readConfiguration({ ...choice, PORTAL_CONFIG: file });
};
const to = (url: string) => ({ regions: { AU: { webhook: { url } } } });

describe('the address for events', () => {
  it.each([
    'https://crm.example.com/portal-events',
    'https://crm.example.co.nz:8443/hooks?region=nz',
    'https://hooks.crm.example.com',
  ])('can be %s', (url) => {
    expect(read(to(url))[0]?.webhook).toEqual({ url });
  });

  it.each([
    'http://crm.example.com/portal-events',
    'https://localhost/portal-events',
    'https://127.0.0.1/portal-events',
    'https://2130706433/portal-events',
    'https://0x7f.1/portal-events',
    'https://[::1]/portal-events',
    'https://[::ffff:169.254.169.254]/latest/meta-data',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.7/portal-events',
    'https://52.95.110.1/portal-events',
    'https://crm/portal-events',
    'https://crm.internal/portal-events',
    'https://crm.local/portal-events',
    'https://com/portal-events',
    'https://kim:secret@crm.example.com/portal-events',
    'https://crm.example.com/portal-events#here',
    'ftp://crm.example.com/portal-events',
    'crm.example.com',
    '',
  ])('can not be %s', (url) => {
    expect(() => read(to(url))).toThrow(
      'Configuration: regions.AU.webhook.url must be an https URL at a public host name, such as https://crm.example.com/portal-events.',
    );
  });

  it('can be this machine in a local run, and nowhere else', () => {
    const url = 'http://127.0.0.1:4197/webhooks/AU';
    expect(read(to(url), { PORTAL_STAGE: 'local' })[0]?.webhook).toEqual({ url });
    expect(() => read(to(url), { PORTAL_STAGE: 'dev' })).toThrow('webhook.url must be');
  });

  it('is asked for before a deployment', () => {
    const [AU] = readConfiguration({ PORTAL_STAGE: 'prod' });
    const filled = JSON.parse(
      JSON.stringify({ ...AU, ...AU?.region })
        .replaceAll('000000000000', '111122223333')
        .replaceAll(/example\.(com|co)/g, 'gjgardner.$1')
        .replaceAll('client-id-of-', 'id-')
        .replaceAll('000 000', '123 456'),
    );
    const { account, staff, helpDesk, certificate, onCall } = filled;
    const row = { account, staff, helpDesk, certificate, onCall };
    const deploy = (webhook: object) =>
      read(
        { regions: { AU: { ...row, ...webhook } } },
        { PORTAL_STAGE: 'prod', PORTAL_DEPLOY: 'AU' },
      );
    expect(deploy({})).toHaveLength(1);
    expect(() => deploy({ webhook: { url: 'https://crm.example.com/events' } })).toThrow(
      "regions.AU.webhook.url is still a placeholder: write the CRM's address for events, or no webhook before deploying.",
    );
  });
});

describe('the retries', () => {
  const retries = (own: object) => ({ webhookRetries: own });
  it.each([
    [{ tries: 20 }, /tries must be enough for a day: these waits add up to 43440 seconds\.$/],
    [{ tries: 80 }, /tries must be few enough for four days, .* up to 355500 seconds\.$/],
    [{ firstWaitSeconds: 4_000 }, /firstWaitSeconds must not be longer than longestWaitSeconds\.$/],
    [
      { longestWaitSeconds: 36_000, tries: 5 },
      /longestWaitSeconds must be at most 34560: Amazon SQS hides a message for 12 hours/,
    ],
    [{ tries: 1 }, /tries must be at least 2\.$/],
    [{ pauses: 3 }, /knows no field named pauses/],
  ])('can not be %j', (own, sentence) => {
    expect(() => read(retries(own))).toThrow(sentence);
  });

  it('can be seconds in a local run', () => {
    const own = { firstWaitSeconds: 1, longestWaitSeconds: 2, tries: 5 };
    const [AU] = read(retries(own), { PORTAL_STAGE: 'local' });
    expect(AU?.webhookRetries).toEqual(own);
  });
});
