import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import type { Region } from '../core/region.ts';

const tokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.optional(z.string()),
  /** Tells the issuer whose session ends. */
  idToken: z.optional(z.string()),
  /** When the access token ends, in milliseconds since 1970. */
  expiresAt: z.int(),
  /** Who it is, in words to show. */
  name: z.string(),
  /** Who it is to the issuer: two people may have one name. */
  subject: z.optional(z.string()),
  /** What the access token lets its holder do. */
  scopes: z.array(z.string()),
});

/** What the issuer gave for a person: it is readable only while a request carries their cookie. */
export type StaffTokens = z.infer<typeof tokensSchema>;

/**
 * The name of a session's item. A secret of another region, or of before a restore, is unknown.
 */
export const hashOf = ({ code, epoch }: Pick<Region, 'code' | 'epoch'>, secret: string): string =>
  createHash('sha256')
    .update(JSON.stringify(['staff-session', code, epoch, secret]))
    .digest('base64url');

/** Another function of the secret than the hash: who reads the table has not got the key. */
const keyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'staff session tokens', 32));

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM, bound to the item (NIST SP 800-38D; OWASP ASVS 5.0, 11.3). */
export const sealTokens = (secret: string, hash: string, tokens: StaffTokens): string => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(hash));
  const sealed = [cipher.update(JSON.stringify(tokens), 'utf8'), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...sealed]).toString('base64');
};

/** @returns undefined for anything that was not sealed with this secret for this item */
export const openTokens = (
  secret: string,
  hash: string,
  sealed: string,
): StaffTokens | undefined => {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length <= ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, ivBytes))
    .setAAD(Buffer.from(hash))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  const opened = [decipher.update(bytes.subarray(ivBytes + tagBytes))];
  try {
    opened.push(decipher.final());
  } catch {
    return undefined;
  }
  return z.parse(tokensSchema, JSON.parse(Buffer.concat(opened).toString('utf8')));
};
