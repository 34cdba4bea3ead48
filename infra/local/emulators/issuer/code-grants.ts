import type { OAuth2Service } from 'oauth2-mock-server';
import { personOf } from './people.ts';

/** A client that signs people in, with PKCE and without a secret. */
export type Client = {
  readonly clientId: string;
  readonly redirectUri: string;
  /** The API that its access tokens are for. */
  readonly audience: string;
  /** A person who may only read is not given it, whatever was asked for. */
  readonly writeScope: string;
};

/** What a person's code or refresh token stands for. */
type Grant = Client & { readonly person: string; readonly scope: string };

type Fields = Readonly<Record<string, unknown>>;

const invalidGrant = { statusCode: 400, body: { error: 'invalid_grant' } };

/**
 * The authorization codes of people, and their refresh tokens: each is good for one client, once
 * (RFC 6749, 4.1.3 and 6; RFC 7636, 4.6), which the library leaves open.
 */
export class CodeGrants {
  private readonly clients = new Map<string, Client>();
  private readonly codes = new Map<string, Grant>();
  private readonly refreshTokens = new Map<string, Grant>();

  constructor(service: OAuth2Service) {
    service.on('beforeAuthorizeRedirect', ({ url }, request) => {
      const asked = new URL(request.url ?? '', url).searchParams;
      const client = this.clients.get(asked.get('client_id') ?? '');
      const person = personOf(asked.get('person'));
      const code = url.searchParams.get('code');
      if (!client || !person || !code) return;
      const scope = (asked.get('scope') ?? '').split(' ');
      const granted = scope.filter((one) => person.canWrite || one !== client.writeScope);
      this.codes.set(code, { ...client, person: person.id, scope: granted.join(' ') });
    });
    service.on('beforeResponse', (response, request) => {
      const body = request.body as unknown as Fields;
      const kind = this.kindOf(body);
      if (!kind) return;
      const { tokens, token } = kind;
      const grant = this.grantOf(body);
      tokens.delete(token);
      if (!grant) {
        Object.assign(response, invalidGrant);
        return;
      }
      const { refresh_token: next } = response.body as Fields;
      if (typeof next === 'string') this.refreshTokens.set(next, grant);
      response.body = { ...(response.body as object), scope: grant.scope };
    });
    service.on('beforeWellKnownOpenIdConfiguration', ({ body }) => {
      Object.assign(body, { code_challenge_methods_supported: ['S256'] });
    });
  }

  register(client: Client): void {
    this.clients.set(client.clientId, client);
  }

  revoke(refreshToken: string): void {
    this.refreshTokens.delete(refreshToken);
  }

  /** Why a person can't be asked; such a request goes back to nobody (RFC 6749, 4.1.2.1). */
  problemIn(asked: Readonly<Record<string, string>>): string | undefined {
    const client = this.clients.get(asked['client_id'] ?? '');
    if (!client) return 'This client is not known.';
    if (asked['redirect_uri'] !== client.redirectUri) return 'This redirect_uri is not known.';
    if (asked['code_challenge_method'] !== 'S256') return 'PKCE with S256 is needed.';
    return undefined;
  }

  /** @returns false for a token that stands for no grant */
  sign(payload: Record<string, unknown>, body: object): boolean {
    const grant = this.grantOf(body as Fields);
    if (!grant) return false;
    const { person, clientId, audience, scope } = grant;
    // The library has named the client as the audience of the id token.
    const isIdToken = payload['aud'] !== undefined;
    const own = isIdToken
      ? { name: personOf(person)?.name }
      : { aud: audience, client_id: clientId, scope };
    Object.assign(payload, { sub: person, ...own });
    return true;
  }

  private kindOf({ grant_type, code, refresh_token }: Fields) {
    if (grant_type === 'authorization_code') return { tokens: this.codes, token: String(code) };
    if (grant_type === 'refresh_token') {
      return { tokens: this.refreshTokens, token: String(refresh_token) };
    }
    return undefined;
  }

  private grantOf(body: Fields): Grant | undefined {
    const kind = this.kindOf(body);
    const grant = kind?.tokens.get(kind.token);
    if (!grant || body['client_id'] !== grant.clientId) return undefined;
    if (kind?.tokens === this.refreshTokens) return grant;
    const isProven = typeof body['code_verifier'] === 'string';
    return isProven && body['redirect_uri'] === grant.redirectUri ? grant : undefined;
  }
}
