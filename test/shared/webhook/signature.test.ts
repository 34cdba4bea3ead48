import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it, vi } from 'vitest';
import { SigningSecretError, signedHeaders } from '../../../shared/webhook/signature.ts';

/** The convention's own library decides what is right. */
const isVerified = (secret: string, body: string, headers: Record<string, string>): boolean => {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
};

const keys = fc.uint8Array({ minLength: 24, maxLength: 64 });
const secretOf = (key: Uint8Array) => `whsec_${Buffer.from(key).toString('base64')}`;
const secret = secretOf(new Uint8Array(32).fill(7));
const another = secretOf(new Uint8Array(32).fill(8));
const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const now = () => Date.now();
const message = { id: 'e-1', body: '{"type":"invitation.sent"}' };

describe('a signature', () => {
  it('is the one of the standard library, for any id, body, time and secret', () => {
    fc.assert(
      fc.property(keys, ids, fc.string({ unit: 'grapheme' }), fc.date(), (key, id, body, at) => {
        fc.pre(!Number.isNaN(at.getTime()));
        const signed = signedHeaders({ id, at: at.getTime(), body }, [secretOf(key)]);
        expect(signed['webhook-signature']).toBe(new Webhook(secretOf(key)).sign(id, at, body));
        expect(signed['webhook-id']).toBe(id);
      }),
    );
  });

  it('is verified by whoever knows one of two secrets, and by nobody else', () => {
    fc.assert(
      fc.property(keys, keys, keys, (one, two, other) => {
        const known = [secretOf(one), secretOf(two)];
        fc.pre(!known.includes(secretOf(other)));
        const headers = signedHeaders({ ...message, at: now() }, known);
        for (const each of known) expect(isVerified(each, message.body, headers)).toBe(true);
        expect(isVerified(secretOf(other), message.body, headers)).toBe(false);
      }),
    );
  });

  it('does not hold for another body, id or time', () => {
    const headers = signedHeaders({ ...message, at: now() }, [secret]);
    expect(isVerified(secret, message.body, headers)).toBe(true);
    expect(isVerified(secret, `${message.body} `, headers)).toBe(false);
    expect(isVerified(secret, message.body, { ...headers, 'webhook-id': 'e-2' })).toBe(false);
    const later = String(Number(headers['webhook-timestamp']) + 1);
    expect(isVerified(secret, message.body, { ...headers, 'webhook-timestamp': later })).toBe(
      false,
    );
  });

  it('is too old for a receiver after five minutes, whoever sends it again', () => {
    vi.useFakeTimers({ now: 1_796_000_000_000 });
    try {
      const headers = signedHeaders({ ...message, at: now() }, [secret]);
      vi.advanceTimersByTime(300_000);
      expect(isVerified(secret, message.body, headers)).toBe(true);
      vi.advanceTimersByTime(1_000);
      expect(isVerified(secret, message.body, headers)).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a secret', () => {
  it('may come without its prefix: Secrets Manager makes 44 letters and digits', () => {
    const made = 'Ab0Cd1Ef2Gh3Ij4Kl5Mn6Op7Qr8St9Uv0Wx1Yz2Ab3Cd';
    const headers = signedHeaders({ ...message, at: now() }, [made]);
    expect(isVerified(`whsec_${made}`, message.body, headers)).toBe(true);
    expect(Buffer.from(made, 'base64')).toHaveLength(33);
  });

  it.each([
    ['nothing', ''],
    ['the prefix alone', 'whsec_'],
    ['a word', 'whsec_hunter2'],
    ['what is no base64', `whsec_${'*'.repeat(44)}`],
    ['a line break at its end', `${secret}\n`],
    ['too few bytes', secretOf(new Uint8Array(23))],
    ['too many bytes', secretOf(new Uint8Array(65))],
    ['the secret key of another scheme', secret.replace('whsec_', 'whsk_')],
  ])('that is %s signs nothing, and is not quoted', (_, wrong) => {
    const sign = () => signedHeaders({ ...message, at: now() }, [another, wrong]);
    expect(sign).toThrow(SigningSecretError);
    expect(sign).toThrow('A signing secret is base64 of 24 to 64 bytes.');
  });
});
