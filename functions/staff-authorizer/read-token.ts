import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import type { Scope } from './policy.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]);

/** What issuers put into access tokens (RFC 9068, and the customs of those before it). */
const claimsSchema = z.object({
  sub: z.optional(z.string()),
  client_id: z.optional(z.string()),
  azp: z.optional(z.string()),
  cid: z.optional(z.string()),
  scope: z.optional(oneOrMore),
  scp: z.optional(oneOrMore),
});

/** Claims that only an id token has (OpenID Connect Core 1.0, 2 and 3.3.2.11). */
const onlyInIdTokens = ['nonce', 'at_hash', 'c_hash', 's_hash'];

const isIdToken = (payload: Readonly<Record<string, unknown>>): boolean =>
  payload['token_use'] === 'id' || // Amazon Cognito
  payload['typ'] === 'ID' || // Keycloak
  onlyInIdTokens.some((claim) => claim in payload);

/**
 * Whether a token was made for us. Amazon Cognito's access tokens have no `aud`: the app client that
 * they name stands for it (Amazon Cognito, 'Verifying JSON web tokens').
 */
const isFor = ({ audience, consoleClient }: Expected, { aud, client_id }: JWTPayload): boolean =>
  aud === undefined
    ? client_id === audience || client_id === consoleClient
    : [aud].flat().includes(audience);

export type Staff = {
  readonly subject: string;
  readonly client: string;
  /** The token is an application's own (client credentials): it names no person. */
  readonly isMachine: boolean;
  readonly scopes: readonly Scope[];
};

export type Expected = {
  readonly issuer: string;
  readonly audience: string;
  /** The staff console's client, whose tokens may have no audience. */
  readonly consoleClient: string;
  /** The scopes' names at this issuer. */
  readonly scopes: Readonly<Record<Scope, string>>;
};

/**
 * Who an access token is about (RFC 9068, 4; OWASP ASVS 5.0, 9.1 and 9.2).
 * @returns undefined for any token that is not worth anything here
 * @throws if the issuer's keys can't be had
 */
export const readToken = async (
  token: string,
  expected: Expected,
  keys: JWTVerifyGetKey,
): Promise<Staff | undefined> => {
  const payload = await verified(token, keys, {
    issuer: expected.issuer,
    algorithms: ['RS256', 'ES256'],
    requiredClaims: ['exp'],
  });
  if (!payload || isIdToken(payload) || !isFor(expected, payload)) return undefined;
  const read = z.safeParse(claimsSchema, payload);
  if (!read.success) return undefined;
  const { sub, client_id, azp, cid, scope, scp } = read.data;
  const client = client_id ?? azp ?? cid;
  // An access token names its client (RFC 9068, 2.2).
  if (client === undefined) return undefined;
  const granted = [scope ?? scp ?? []].flat().flatMap((text) => text.split(' '));
  return {
    subject: sub ?? client,
    client,
    isMachine: [client, `${client}@clients`].includes(sub ?? client),
    scopes: (['read', 'write'] as const).filter((one) => granted.includes(expected.scopes[one])),
  };
};

/** Failures that say something about our access to the keys and nothing about the token. */
const isAboutKeys = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  error.code === 'ERR_JOSE_GENERIC';

const verified = async (
  token: string,
  keys: JWTVerifyGetKey,
  options: Parameters<typeof jwtVerify>[2],
) => {
  try {
    return (await jwtVerify(token, keys, options)).payload;
  } catch (error) {
    if (isAboutKeys(error)) throw error;
    return undefined;
  }
};
