import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { providerOf } from '../../../functions/staff-console/session/provider.ts';
import { type Issuer, startIssuer } from '../../../infra/local/emulators/issuer/issuer.ts';
import { isRefusal, refuse } from '../../../shared/core/refusal.ts';
import { settings, tokensAt } from '../../support/console.ts';

const origin = 'https://customer.example.com';
const redirectUri = `${origin}/staff-console/sign-in/callback`;
let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer(0);
  const { clientId, writeScope } = settings;
  issuer.register({ clientId, writeScope, redirectUri, audience: 'portal-au' });
});
afterAll(() => issuer?.close());

const provider = () => providerOf({ ...settings, issuer: issuer.url }, origin, Date.now);

/** The issuer's answer when a person has chosen who they are. */
const answerOf = async (url: string, person: string) => {
  const asked = new URL(url);
  asked.searchParams.set('person', person);
  const answer = await fetch(asked, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '').searchParams;
};

const signIn = async (person = 'kim') => {
  const begins = await provider().begin('/staff-console');
  if (isRefusal(begins)) throw new Error(begins.code);
  const { url, signIn: begun } = begins;
  return { url, begun, answer: await answerOf(url, person) };
};

describe('a sign-in with the local issuer', () => {
  it('asks for a code with PKCE, a state and a nonce', async () => {
    const { url, begun } = await signIn();
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'staff-console',
      redirect_uri: redirectUri,
      scope: 'openid portal/read portal/write',
      state: begun.state,
      nonce: begun.nonce,
      code_challenge_method: 'S256',
    });
    expect(url).not.toContain(begun.verifier);
  });

  it.each([
    ['kim', 'Kim Lee', ['openid', 'portal/read', 'portal/write']],
    ['robin', 'Robin Hall', ['openid', 'portal/read']],
  ])('gives %s their own tokens, and fresh ones once', async (person, name, scopes) => {
    const { begun, answer } = await signIn(person);
    const tokens = await provider().finish(answer, begun);
    expect(tokens).toMatchObject({ name, scopes });
    if (isRefusal(tokens)) throw new Error(tokens.code);
    const renewed = await provider().renew(tokens);
    expect(renewed).toMatchObject({ name, scopes });
    expect(await provider().renew(tokens)).toEqual(refuse('not_signed_in'));
  });

  it('ends with one answer, of the browser that began it', async () => {
    const { begun, answer } = await signIn();
    const { begun: another } = await signIn();
    const wrong = { ...begun, nonce: another.nonce };
    expect(await provider().finish(answer, { ...begun, state: another.state })).toEqual(
      refuse('not_signed_in'),
    );
    expect(await provider().finish(new URLSearchParams({ state: begun.state }), begun)).toEqual(
      refuse('not_signed_in'),
    );
    expect(await provider().finish(answer, wrong)).toEqual(refuse('not_signed_in'));
    expect(await provider().finish(answer, begun)).toEqual(refuse('not_signed_in'));
  });

  it('needs the verifier that belongs to it', async () => {
    const [one, two] = [await signIn(), await signIn()];
    const crossed = { ...one.begun, verifier: two.begun.verifier };
    expect(await provider().finish(one.answer, crossed)).toEqual(refuse('not_signed_in'));
    expect(await provider().finish(one.answer, one.begun)).toEqual(refuse('not_signed_in'));
  });

  it('whose code is worth nothing is told in the words of OAuth', async () => {
    const { begun, answer } = await signIn();
    const body = {
      grant_type: 'authorization_code',
      client_id: settings.clientId,
      redirect_uri: redirectUri,
      code_verifier: begun.verifier,
    };
    const ask = async (fields: Record<string, string>) => {
      const given = new URLSearchParams({ ...body, ...fields });
      const said = await fetch(`${issuer.url}/token`, { method: 'POST', body: given });
      return [said.status, said.headers.get('content-type'), await said.json()];
    };
    const code = answer.get('code') ?? '';
    const json = 'application/json; charset=utf-8';
    const invalid = [400, json, { error: 'invalid_grant' }];
    expect(await ask({ code: 'unknown' })).toEqual(invalid);
    expect(await ask({ code })).toMatchObject([200, json, { token_type: 'Bearer' }]);
    expect(await ask({ code })).toEqual(invalid);
    expect(await ask({ grant_type: 'magic' })).toEqual([400, json, { error: 'invalid_request' }]);
  });

  it.each([
    ['another client', { client_id: 'someone-else' }],
    ['another way back', { redirect_uri: 'https://evil.example/' }],
    ['no PKCE', { code_challenge_method: '' }],
  ])('is refused by the issuer with %s', async (_, changed) => {
    const { url } = await signIn();
    const asked = new URL(url);
    for (const [name, value] of Object.entries(changed)) asked.searchParams.set(name, value);
    const answer = await fetch(asked, { redirect: 'manual' });
    expect(answer.status).toBe(400);
  });

  it('ends at the issuer, which is told whose it was, with its refresh token', async () => {
    const { begun, answer } = await signIn();
    const tokens = await provider().finish(answer, begun);
    if (isRefusal(tokens)) throw new Error(tokens.code);
    const url = new URL((await provider().signOut(tokens)) ?? '');
    expect(url.href).toContain(`${issuer.url}/endsession?`);
    expect(decodeJwt(url.searchParams.get('id_token_hint') ?? '')).toMatchObject({
      iss: issuer.url,
      sub: 'kim',
      nonce: begun.nonce,
    });
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: settings.clientId,
      post_logout_redirect_uri: `${origin}/staff-console/signed-out`,
    });
    expect(await provider().renew(tokens)).toEqual(refuse('not_signed_in'));
  });

  it('that another took the place of gives its refresh token back', async () => {
    const sign = async () => {
      const { begun, answer } = await signIn();
      const tokens = await provider().finish(answer, begun);
      if (isRefusal(tokens)) throw new Error(tokens.code);
      return tokens;
    };
    const [former, current] = [await sign(), await sign()];
    await provider().giveBack(former, current);
    expect(await provider().renew(former)).toEqual(refuse('not_signed_in'));
    expect(await provider().renew(current)).toMatchObject({ name: 'Kim Lee' });
  });

  it('of one session at the provider with the next keeps its refresh token until that ends', async () => {
    const { begun, answer } = await signIn();
    const tokens = await provider().finish(answer, begun);
    if (isRefusal(tokens)) throw new Error(tokens.code);
    const ofSession = (sid: string) => ({
      ...tokens,
      idToken: `e30.${Buffer.from(JSON.stringify({ sid })).toString('base64url')}.x`,
    });
    await provider().giveBack(ofSession('one'), ofSession('one'));
    const renewed = await provider().renew(tokens);
    expect(renewed).toMatchObject({ name: 'Kim Lee', subject: 'kim' });
    if (isRefusal(renewed)) throw new Error(renewed.code);
    const other = { ...ofSession('two'), refreshToken: renewed.refreshToken };
    await provider().giveBack(other, ofSession('one'));
    expect(await provider().renew(renewed)).toEqual(refuse('not_signed_in'));
  });

  it('that nobody knows any more ends at the issuer too', async () => {
    const url = new URL((await provider().signOut(undefined)) ?? '');
    expect(url.searchParams.has('id_token_hint')).toBe(false);
  });

  it('is tried again when the issuer is gone', async () => {
    const gone = providerOf({ ...settings, issuer: 'http://127.0.0.1:9' }, origin, Date.now);
    const { begun, answer } = await signIn();
    const later = refuse('try_again', { retryAfter: 5 });
    expect(await gone.begin('/staff-console')).toEqual(later);
    expect(await gone.finish(answer, begun)).toEqual(later);
    expect(await gone.signOut(undefined)).toBeUndefined();
  });
});

describe('a provider that answers', () => {
  const claims = { sub: 'kim', aud: settings.clientId };
  const jwt = (payload: object) =>
    [{ alg: 'RS256' }, payload, {}]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, exp: now + 300 };
  let answer: { status?: number; body: unknown };
  let asked: string[];
  const metadata = (url: string) => ({
    issuer: url,
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
  });
  const stub = createServer((request, response) => {
    const url = `http://${request.headers.host}`;
    const isMetadata = request.url?.startsWith('/.well-known/') ?? false;
    if (!isMetadata) asked.push(request.url ?? '');
    const { status = 200, body } = isMetadata ? { body: metadata(url) } : answer;
    const isPage = typeof body === 'string';
    response
      .writeHead(status, { 'Content-Type': isPage ? 'text/html' : 'application/json' })
      .end(isPage ? body : JSON.stringify(body));
  });
  let url = '';
  beforeAll(async () => {
    stub.listen(0, '127.0.0.1');
    await once(stub, 'listening');
    url = `http://127.0.0.1:${(stub.address() as AddressInfo).port}`;
  });
  afterAll(() => stub.close());
  beforeEach(() => {
    asked = [];
  });
  const stubbed = () => providerOf({ ...settings, issuer: url }, origin, Date.now);
  const finish = async (given: typeof answer) => {
    answer = given;
    const begun = { state: 'state-1', nonce: 'nonce-1', verifier: 'v'.repeat(43), back: '/' };
    const back = new URLSearchParams({ code: 'code-1', state: 'state-1' });
    return stubbed().finish(back, begun);
  };
  const tokens = (idToken?: string) => ({
    body: { access_token: 'a', token_type: 'Bearer', ...(idToken && { id_token: idToken }) },
  });
  const idToken = (own: object = {}) =>
    jwt({ ...claims, ...times, iss: url, nonce: 'nonce-1', ...own });

  it('as it should signs somebody in', async () => {
    expect(await finish(tokens(idToken()))).toMatchObject({
      ...{ accessToken: 'a', name: 'kim', subject: 'kim' },
    });
  });

  it.each([
    ['another nonce', () => tokens(idToken({ nonce: 'nonce-2' }))],
    ['no nonce', () => tokens(idToken({ nonce: undefined }))],
    ['no id token', () => tokens()],
    ['an id token that is none', () => tokens('nonsense')],
    ['an id token of another issuer', () => tokens(idToken({ iss: 'https://evil.example' }))],
    ['an id token for another client', () => tokens(idToken({ aud: 'somebody-else' }))],
    ['an id token that has ended', () => tokens(idToken({ exp: now - 60 }))],
    ['that the code is worth nothing', () => ({ status: 400, body: { error: 'invalid_grant' } })],
    ['that this is no client', () => ({ status: 401, body: { error: 'invalid_client' } })],
  ])('with %s signs nobody in', async (_, given) => {
    expect(await finish(given())).toEqual(refuse('not_signed_in'));
  });

  it.each([
    ['a 503', { status: 503, body: 'Service unavailable' }],
    ['a 429', { status: 429, body: { error: 'slow_down' } }],
    ['a 500 in its own words', { status: 500, body: { error: 'server_error' } }],
    ['a page in place of tokens', { body: '<html></html>' }],
  ])('with %s is asked again later', async (_, given) => {
    expect(await finish(given)).toEqual(refuse('try_again', { retryAfter: 5 }));
  });

  it('that takes no tokens back is not asked to', async () => {
    const kept = { ...tokensAt(0), idToken: 'a.b.c' };
    expect(await stubbed().signOut(kept)).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
