import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { type HttpServer, openServer } from '../../host/http-server.ts';
import { AwsError, type Intercept } from '../aws-call.ts';
import { jsonService } from '../json-service.ts';
import type { Stack } from '../template/stack.ts';

const secretSchema = z.object({
  Name: z.string(),
  GenerateSecretString: z.object({
    PasswordLength: z._default(z.number(), 32),
    ExcludePunctuation: z.literal(true),
  }),
});

const inputs = {
  GetSecretValue: z.object({
    SecretId: z.string(),
    VersionStage: z._default(z.string(), 'AWSCURRENT'),
  }),
  PutSecretValue: z.object({ SecretId: z.string(), SecretString: z.string() }),
};

/** Letters and digits, as GenerateSecretString makes them without punctuation. */
const generated = (length: number): string => {
  const text = randomBytes(4 * length)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '');
  return text.slice(0, length);
};

/** The values of a secret by their staging labels. */
type Versions = Readonly<Partial<Record<string, string>>>;

/** A stand-in for AWS Secrets Manager: the secrets of a run, with their two newest versions. */
export class Secrets {
  private readonly byName = new Map<string, Versions>();

  /** Makes the secrets of a stack, with a value that nobody has seen. */
  connect(stack: Stack): void {
    for (const { properties } of stack.resources('AWS::SecretsManager::Secret', secretSchema)) {
      const { Name, GenerateSecretString } = properties;
      this.byName.set(Name, { AWSCURRENT: generated(GenerateSecretString.PasswordLength) });
    }
  }

  /** What a secret is now and what it was before, the newest first. */
  valuesOf(name: string): readonly string[] {
    const { AWSCURRENT, AWSPREVIOUS } = this.byName.get(name) ?? {};
    return [AWSCURRENT, AWSPREVIOUS].filter((value) => value !== undefined);
  }

  /**
   * Answers calls of Secrets Manager.
   * @throws LocalError if the port can't be had
   */
  async serve(port: number, intercept: Intercept): Promise<HttpServer> {
    const server = await openServer(port, 'the Secrets Manager stand-in');
    const operations = new Map<string, (input: unknown) => unknown>([
      ['GetSecretValue', (input) => this.get(z.parse(inputs.GetSecretValue, input))],
      ['PutSecretValue', (input) => this.put(z.parse(inputs.PutSecretValue, input))],
    ]);
    server.serve(
      jsonService({
        service: 'secretsmanager',
        version: '1.1',
        intercept,
        operation: (action) => operations.get(action),
      }),
    );
    return server;
  }

  private versionsOf(name: string): Versions {
    const versions = this.byName.get(name);
    if (versions) return versions;
    throw new AwsError(
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret.",
    );
  }

  private get({ SecretId, VersionStage }: z.infer<typeof inputs.GetSecretValue>) {
    const SecretString = this.versionsOf(SecretId)[VersionStage];
    if (SecretString === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`,
      );
    }
    return { Name: SecretId, SecretString, VersionStages: [VersionStage] };
  }

  /** What was current becomes the previous version (AWS Secrets Manager API Reference, PutSecretValue). */
  private put({ SecretId, SecretString }: z.infer<typeof inputs.PutSecretValue>) {
    const { AWSCURRENT } = this.versionsOf(SecretId);
    this.byName.set(SecretId, {
      AWSCURRENT: SecretString,
      ...(AWSCURRENT !== undefined && { AWSPREVIOUS: AWSCURRENT }),
    });
    return { Name: SecretId, VersionId: randomUUID(), VersionStages: ['AWSCURRENT'] };
  }
}
