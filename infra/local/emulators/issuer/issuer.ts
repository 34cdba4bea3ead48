import type { RequestListener } from 'node:http';
import { OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';
import { openServer } from '../../host/http-server.ts';
import { answeredBy, localApp } from '../../host/local-app.ts';
import type { StaffTokens } from '../../host/run-file.ts';
import { choicePage } from './choice-page.ts';
import { type Client, CodeGrants } from './code-grants.ts';

export type Issuer = {
  readonly url: string;
  /** Makes a client known that signs people in. */
  register(client: Client): void;
  /** Ready tokens for one region's staff API. */
  tokensFor(
    audience: string,
    scopes: { readonly read: string; readonly write: string },
  ): Promise<StaffTokens>;
  close(): Promise<void>;
};

/** Where an issuer's public keys are. */
export const keysUrlOf = (issuer: string): string => `${issuer}/jwks`;

/** So long that a token need not be changed in a demonstration, which may move the clock. */
const oneYear = 365 * 86_400;

/** What the library answers; other paths are nothing, and one that is no path is a fault there. */
const paths = [
  '/.well-known/openid-configuration',
  ...['/token', '/jwks', '/authorize', '/userinfo', '/endsession', '/introspect'],
];

/** The library lets every site read its answers; a token here opens the staff API. */
const withoutCors =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const setHeader = response.setHeader.bind(response);
    response.setHeader = (name, value) =>
      /^access-control-/i.test(name) ? response : setHeader(name, value);
    return listener(request, response);
  };

/** The library tells what it does not take as a problem (RFC 9457); OAuth has words of its own (RFC 6749, 5.2). */
const withOAuthErrors =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const end = response.end.bind(response);
    const ended = (content?: string) => {
      if (response.statusCode !== 400 || request.method !== 'POST') return end(content);
      const error = /code_|invalid_grant/.test(content ?? '') ? 'invalid_grant' : 'invalid_request';
      const body = JSON.stringify({ error });
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      response.setHeader('Content-Length', body.length);
      return end(body);
    };
    return listener(request, Object.assign(response, { end: ended }));
  };

/**
 * An OpenID Connect issuer of staff tokens, with a key of this run. Its `/token` gives tokens
 * of applications (`grant_type=client_credentials`) and of people (`grant_type=password`, any
 * `username`): `aud` names the region's audience, `scope` the scopes. The staff consoles sign people
 * in with an authorization code; instead of a password, one chooses who one is.
 */
export const startIssuer = async (port: number): Promise<Issuer> => {
  const server = await openServer(port, 'the issuer');
  const { url } = server;
  const issuer = new OAuth2Issuer();
  issuer.url = url;
  await issuer.keys.generate('RS256');
  const service = new OAuth2Service(issuer);
  const grants = new CodeGrants(service);
  service.on('beforeTokenSigning', (token, request) => {
    if (grants.sign(token.payload, request.body)) return;
    const client: unknown = request.body.client_id;
    token.payload['client_id'] = typeof client === 'string' ? client : 'crm';
    token.payload['sub'] ??= token.payload['client_id'];
    const audience: unknown = request.body.aud;
    if (typeof audience === 'string') token.payload['aud'] ??= audience;
  });
  const app = localApp();
  app.get('/authorize', async (context, next) => {
    const problem = grants.problemIn(context.req.query());
    if (problem) return context.text(`${problem}\n`, 400);
    if (context.req.query('person') !== undefined) return next();
    return context.html(choicePage(new URL(context.req.url).searchParams));
  });
  app.post('/revoke', async (context) => {
    const { token } = await context.req.parseBody();
    grants.revoke(String(token));
    return context.body(null, 200); // Unknown tokens too (RFC 7009, 2.2).
  });
  const others = answeredBy(withoutCors(withOAuthErrors(service.requestHandler)));
  for (const path of paths) app.all(path, others);
  server.serve(app);
  const token = (audience: string, scope: string) =>
    issuer.buildToken({
      expiresIn: oneYear,
      scopesOrTransform: (_, payload) => {
        Object.assign(payload, { aud: audience, sub: 'crm', client_id: 'crm', scope });
      },
    });
  return {
    url,
    register: (client) => grants.register(client),
    tokensFor: async (audience, { read, write }) => ({
      readWrite: await token(audience, `${read} ${write}`),
      readOnly: await token(audience, read),
    }),
    close: () => server.close(),
  };
};
