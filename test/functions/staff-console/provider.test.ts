import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerOf } from '../../../functions/staff-console/provider.ts';
import { type Issuer, startIssuer } from '../../../infra/local/emulators/issuer/issuer.ts';
import { isRefusal, refuse } from '../../../shared/core/refusal.ts';
import { settings } from '../../support/console.ts';

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
  const { url, signIn: begun } = await provider().begin('/staff-console');
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
    expect(isRefusal(await provider().finish(answer, wrong))).toBe(true);
    expect(isRefusal(await provider().finish(answer, begun))).toBe(true);
  });

  it('needs the verifier that belongs to it', async () => {
    const [one, two] = [await signIn(), await signIn()];
    const crossed = { ...one.begun, verifier: two.begun.verifier };
    expect(isRefusal(await provider().finish(one.answer, crossed))).toBe(true);
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

  it('says where to sign out', async () => {
    expect(await provider().signOutUrl()).toContain(`${issuer.url}/endsession?`);
  });

  it('is tried again when the issuer is gone', async () => {
    const gone = providerOf({ ...settings, issuer: 'http://127.0.0.1:9' }, origin, Date.now);
    const { begun, answer } = await signIn();
    expect(await gone.finish(answer, begun)).toMatchObject({ code: 'try_again' });
    expect(await gone.signOutUrl()).toBeUndefined();
  });
});
