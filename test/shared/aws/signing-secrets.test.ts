import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AwsError, type Intercept } from '../../../infra/local/emulators/aws-call.ts';
import { Secrets } from '../../../infra/local/emulators/secrets-manager/secrets.ts';
import { Stack } from '../../../infra/local/emulators/template/stack.ts';
import { signingSecretsIn } from '../../../shared/aws/signing-secrets.ts';
import { signedHeaders } from '../../../shared/webhook/signature.ts';
import { captureLog, counted } from '../../support/log-lines.ts';
import { useEndpoint } from './endpoint.ts';

const place = { name: 'portal', account: '111122223333', region: 'ap-southeast-2' };
const template = {
  Resources: {
    Keys: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        Name: 'portal-webhook',
        GenerateSecretString: { PasswordLength: 44, ExcludePunctuation: true },
      },
    },
  },
};
const fiveMinutes = 5 * 60_000;

const open = async () => {
  const state = { now: 0, calls: 0, fails: undefined as AwsError | undefined };
  const intercept: Intercept = (_, proceed) => {
    state.calls += 1;
    if (state.fails) throw state.fails;
    return proceed();
  };
  const secrets = new Secrets();
  secrets.connect(new Stack(place, template));
  const server = await secrets.serve(0, intercept);
  onTestFinished(() => server.close());
  useEndpoint('SECRETS_MANAGER', server.url);
  const rotate = (SecretString: string) =>
    new SecretsManagerClient({}).send(
      new PutSecretValueCommand({ SecretId: 'portal-webhook', SecretString }),
    );
  const found = signingSecretsIn('portal-webhook', () => state.now);
  return { state, rotate, found, secrets };
};

describe('signing secrets', () => {
  it('are the one that Secrets Manager made, as long as it was not rotated, and it signs', async () => {
    const { found } = await open();
    const secrets = await found.find();
    expect(secrets).toEqual([expect.stringMatching(/^[A-Za-z0-9]{44}$/)]);
    expect(signedHeaders({ id: 'e', at: 0, body: '' }, secrets)).toBeDefined();
  });

  it('follow a rotation within five minutes: the new one, then the one before it, and none older', async () => {
    const { state, rotate, found } = await open();
    const [first] = await found.find();
    await rotate('whsec_second');
    state.now += fiveMinutes - 1;
    expect(await found.find()).toEqual([first]);
    state.now += 1;
    expect(await found.find()).toEqual(['whsec_second', first]);
    await rotate('whsec_third');
    state.now += fiveMinutes;
    expect(await found.find()).toEqual(['whsec_third', 'whsec_second']);
  });

  it('are read once for all that ask at the same time', async () => {
    const { state, found } = await open();
    await Promise.all(Array.from({ length: 10 }, () => found.find()));
    expect(state.calls).toBe(2);
    await found.find();
    expect(state.calls).toBe(2);
  });

  it('that were read before still sign while they cannot be read again, and the failure is told', async () => {
    const { state, found } = await open();
    const { lines } = captureLog();
    const before = await found.find();
    state.now += fiveMinutes;
    state.fails = new AwsError('AccessDeniedException', 'Not allowed.');
    expect(await found.find()).toEqual(before);
    expect(counted(lines)).toEqual({ SecretsManagerFailures: 1, AwsRefusals: 1 });
    state.fails = undefined;
    expect(await found.find()).toEqual(before);
  });

  it('that are not there are a failure, which is told; a later try may find them', async () => {
    await open();
    const { lines } = captureLog();
    const none = signingSecretsIn('portal-other', () => 0);
    await expect(none.find()).rejects.toThrow("can't find");
    expect(lines[0]).toMatchObject({
      event: 'aws_failed',
      service: 'SecretsManager',
      operation: 'GetSecretValue',
      error: 'ResourceNotFoundException',
    });
    expect(counted(lines)).toEqual({ SecretsManagerFailures: 1, AwsRefusals: 1 });
    await expect(none.find()).rejects.toThrow("can't find");
  });
});
