import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { awsFailure } from '../core/log.ts';
import type { SigningSecrets } from '../webhook/receiver.ts';
import { clientSettings } from './sdk/client-settings.ts';
import { reportFailure, reportFailures } from './sdk/report-failures.ts';

/** A rotation is followed within this, in milliseconds: no deployment, and few calls. */
const freshness = 5 * 60_000;

/**
 * A secret of AWS Secrets Manager in its two versions: a rotation moves the label AWSPREVIOUS to what
 * was current before. Read when needed and kept for a while; when it cannot be read again, what was
 * read before still signs.
 */
export const signingSecretsIn = (secretId: string, now: () => number): SigningSecrets => {
  const client = reportFailures(
    new SecretsManagerClient(clientSettings),
    (error) => error instanceof ResourceNotFoundException,
  );
  const version = async (
    VersionStage: 'AWSCURRENT' | 'AWSPREVIOUS',
  ): Promise<readonly string[]> => {
    try {
      const command = new GetSecretValueCommand({ SecretId: secretId, VersionStage });
      const { SecretString } = await client.send(command);
      return SecretString === undefined ? [] : [SecretString];
    } catch (error) {
      const isMissing = error instanceof ResourceNotFoundException;
      if (isMissing && VersionStage === 'AWSPREVIOUS') return []; // It was never rotated.
      if (isMissing) reportFailure('SecretsManager', 'GetSecretValue', awsFailure(error));
      throw error;
    }
  };
  const read = async (): Promise<readonly string[]> => [
    ...(await version('AWSCURRENT')),
    ...(await version('AWSPREVIOUS')),
  ];
  let kept: { readonly secrets: readonly string[]; readonly until: number } | undefined;
  let reading: Promise<readonly string[]> | undefined;
  const readOnce = async (): Promise<readonly string[]> => {
    try {
      const secrets = await read();
      kept = { secrets, until: now() + freshness };
      return secrets;
    } catch (error) {
      if (kept) return kept.secrets;
      throw error;
    } finally {
      reading = undefined;
    }
  };
  return {
    find: () => {
      if (kept && kept.until > now()) return Promise.resolve(kept.secrets);
      reading ??= readOnce(); // All events of a batch ask at once.
      return reading;
    },
  };
};
