import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

/** A key of HMAC-SHA256 (Standard Webhooks 1.0.0, 'Signature scheme'). */
const keyBytes = { least: 24, most: 64 };

/** A secret that nothing can be signed with; its message does not quote it. */
export class SigningSecretError extends Error {
  override readonly name = 'SigningSecretError';
  readonly code = 'signing_secret_error';
}

/**
 * The key of a secret, as Standard Webhooks write one: `whsec_` and base64. Without the prefix too,
 * which Secrets Manager cannot make.
 * @throws SigningSecretError for anything else
 */
const keyOf = (secret: string): Buffer => {
  const text = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  const key = Buffer.from(text, 'base64');
  const isWhole = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  if (!isWhole || key.length < keyBytes.least || key.length > keyBytes.most) {
    throw new SigningSecretError(
      `A signing secret is base64 of ${keyBytes.least} to ${keyBytes.most} bytes.`,
    );
  }
  return key;
};

type Unsigned = {
  /** The same at every attempt; without a full stop, which divides what is signed. */
  readonly id: string;
  /** Of this attempt, in milliseconds since 1970. */
  readonly at: number;
  /** Exactly what is sent. */
  readonly body: string;
};

/**
 * The headers by which a receiver knows who sent a body, which one it is and when (Standard Webhooks
 * 1.0.0, 'Webhook headers').
 * @param secrets each signs: while one replaces another, a receiver may know either
 * @throws SigningSecretError when one of them can't sign
 */
export const signedHeaders = ({ id, at, body }: Unsigned, secrets: readonly string[]) => {
  const timestamp = String(Math.floor(at / 1_000));
  const signatureBy = (secret: string) =>
    `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map(signatureBy).join(' '),
  } as const;
};
