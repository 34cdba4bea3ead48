import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { readToken } from '../../../functions/staff-authorizer/read-token.ts';

const issuer = 'https://issuer.example.com';
const expected = {
  issuer,
  audience: 'portal-au',
  consoleClient: 'console-au',
  scopes: { read: 'portal/read', write: 'portal/write' },
};

let read: (claims: Record<string, unknown>) => ReturnType<typeof readToken>;
beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = createLocalJWKSet({
    keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }],
  });
  read = async (claims) => {
    const token = await new SignJWT({ client_id: 'crm', scope: 'portal/read', ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(issuer)
      .setExpirationTime('5m')
      .sign(privateKey);
    return readToken(token, expected, keys);
  };
});

describe('a staff token', () => {
  it('is for us when its audience is ours, alone or among others', async () => {
    expect(await read({ aud: 'portal-au' })).toMatchObject({ client: 'crm', scopes: ['read'] });
    expect(await read({ aud: ['other', 'portal-au'] })).toMatchObject({ client: 'crm' });
  });

  it('is for us when it has no audience and names our app client, as Cognito writes it', async () => {
    expect(await read({ client_id: 'portal-au', sub: 'portal-au' })).toMatchObject({
      client: 'portal-au',
      isMachine: true,
    });
  });

  it('is for us when it has no audience and names the client of the staff console', async () => {
    expect(await read({ client_id: 'console-au', sub: 'kim' })).toMatchObject({
      subject: 'kim',
      isMachine: false,
    });
    expect(await read({ client_id: 'console-nz', sub: 'kim' })).toBeUndefined();
    expect(await read({ aud: 'console-au', client_id: 'console-au' })).toBeUndefined();
  });

  it('is not for us when it is for another region, whatever client it names', async () => {
    expect(await read({ aud: 'portal-nz' })).toBeUndefined();
    expect(await read({ aud: 'portal-nz', client_id: 'portal-au' })).toBeUndefined();
    expect(await read({ aud: [] })).toBeUndefined();
    expect(await read({})).toBeUndefined();
  });
});
