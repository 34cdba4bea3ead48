import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import type { Chapter, Document } from '../../sentence.ts';
import type { Target } from '../../target.ts';
import { refusal } from '../refusal.ts';

const call = (operation: string): Document => ({
  title: `Secrets Manager API Reference, ${operation}`,
  url: `https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_${operation}.html`,
});

const read = async ({ aws, probe }: Target, VersionStage?: string) => {
  const { SecretString } = await aws.secrets.send(
    new GetSecretValueCommand({
      SecretId: probe.SecretName,
      ...(VersionStage !== undefined && { VersionStage }),
    }),
  );
  return SecretString;
};

export const secret: Chapter = {
  title: 'Secrets Manager: the secret of the webhook',
  sentences: [
    {
      says: 'A generated secret of 44 characters without punctuation is 44 letters and digits',
      document: {
        title:
          "CloudFormation Template Reference, 'AWS::SecretsManager::Secret GenerateSecretString'",
        url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-secretsmanager-secret-generatesecretstring.html',
      },
      check: async (target) => assert.match((await read(target)) ?? '', /^[A-Za-z0-9]{44}$/),
    },
    {
      says: 'A secret that was never rotated has no version before: ResourceNotFoundException',
      document: call('GetSecretValue'),
      check: async (target) => {
        await refusal(read(target, 'AWSPREVIOUS'), 'ResourceNotFoundException');
      },
    },
    {
      says: 'PutSecretValue makes a value the current one, and what was current the one before it',
      document: call('PutSecretValue'),
      check: async (target) => {
        const { aws, probe } = target;
        const next = randomUUID();
        const before = await read(target, 'AWSCURRENT');
        await aws.secrets.send(
          new PutSecretValueCommand({ SecretId: probe.SecretName, SecretString: next }),
        );
        assert.deepEqual(
          [await read(target, 'AWSCURRENT'), await read(target, 'AWSPREVIOUS')],
          [next, before],
        );
        assert.ok(before);
      },
    },
  ],
};
