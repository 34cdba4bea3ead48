import { OAuth2Server } from 'oauth2-mock-server';
import { LocalError } from '../../host/local-error.ts';
import type { StaffTokens } from '../../host/run-file.ts';

export type Issuer = {
  readonly url: string;
  readonly keysUrl: string;
  /** Ready tokens for one region's staff API. */
  tokensFor(
    audience: string,
    scopes: { readonly read: string; readonly write: string },
  ): Promise<StaffTokens>;
  close(): Promise<void>;
};

/** A working day, so that a token need not be changed in the middle of a demonstration. */
const twelveHours = 12 * 3_600;

/**
 * An OpenID Connect issuer of staff tokens, with a key of this run. Its `/token` gives tokens
 * of applications (`grant_type=client_credentials`) and of people (`grant_type=password`, any
 * `username`): `aud` names the region's audience, `scope` the scopes.
 */
export const startIssuer = async (port: number): Promise<Issuer> => {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  server.service.on('beforeTokenSigning', (token, request) => {
    const client: unknown = request.body.client_id;
    token.payload['client_id'] = typeof client === 'string' ? client : 'crm';
    token.payload['sub'] ??= token.payload['client_id'];
    const audience: unknown = request.body.aud;
    if (typeof audience === 'string') token.payload['aud'] ??= audience;
  });
  try {
    await server.start(port, '127.0.0.1');
  } catch {
    throw new LocalError(`Port ${port} is in use, which the issuer needs: choose another --port.`);
  }
  const url = `http://127.0.0.1:${server.address().port}`;
  server.issuer.url = url;
  const token = (audience: string, scope: string) =>
    server.issuer.buildToken({
      expiresIn: twelveHours,
      scopesOrTransform: (_, payload) => {
        Object.assign(payload, { aud: audience, sub: 'crm', client_id: 'crm', scope });
      },
    });
  return {
    url,
    keysUrl: `${url}/jwks`,
    tokensFor: async (audience, { read, write }) => ({
      readWrite: await token(audience, `${read} ${write}`),
      readOnly: await token(audience, read),
    }),
    close: () => server.stop(),
  };
};
