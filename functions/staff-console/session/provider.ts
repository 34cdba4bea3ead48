import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import * as z from 'zod/mini';
import { count, described, log } from '../../../shared/core/log.ts';
import { type Refusal, refuse } from '../../../shared/core/refusal.ts';
import type { TokenRenewal } from '../../../shared/staff/renew-tokens.ts';
import type { StaffTokens } from '../../../shared/staff/sealed-tokens.ts';
import type { ConsoleSettings } from '../../../shared/staff/settings.ts';
import type { SignIn } from './cookies.ts';

/** The OpenID Connect provider of a region's staff. */
export type Provider = TokenRenewal & {
  /** Where a person signs in, and what must be known when they come back. */
  begin(
    back: string,
  ): Promise<{ readonly url: string; readonly signIn: SignIn } | Refusal<'try_again'>>;
  /** The tokens of who came back; `not_signed_in` for an answer that is none of ours. */
  finish(
    answer: URLSearchParams,
    signIn: SignIn,
  ): Promise<StaffTokens | Refusal<'not_signed_in' | 'try_again'>>;
  /** Gives back the tokens of a session that ended because another began in its browser (RFC 7009). */
  giveBack(former: StaffTokens, current: StaffTokens): Promise<void>;
  /**
   * Gives the person's tokens back (RFC 7009), as far as the provider takes them.
   * @returns where their session at the provider ends, if it says so (RP-Initiated Logout 1.0)
   */
  signOut(tokens: StaffTokens | undefined): Promise<string | undefined>;
};

/** How long the provider is waited for, in milliseconds. */
const patience = 4_000;

/** The same for what nobody waits to see, after a sign-in that has taken its time. */
const shortPatience = 1_000;

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const scopeClaims = z.object({ scope: z.optional(oneOrMore), scp: z.optional(oneOrMore) });

/**
 * What an access token allows, to be shown: the staff API decides. Providers say it in the token,
 * or in the answer where it is not as asked (RFC 6749, 5.1); some tokens can't be read.
 */
const scopesOf = (
  { access_token, scope }: oauth.TokenEndpointResponse,
  asked: string,
): string[] => {
  let claims: z.output<typeof scopeClaims> = {};
  try {
    claims = z.parse(scopeClaims, decodeJwt(access_token));
  } catch {
    // The token is the API's to read.
  }
  return [claims.scope ?? claims.scp ?? scope ?? asked].flat().flatMap((text) => text.split(' '));
};

/** An access token without an end is asked for anew after five minutes. */
const usualSeconds = 300;

/**
 * The person's session at the provider, if it says so (OpenID Connect Front-Channel Logout 1.0, 3).
 */
const sidOf = ({ idToken }: StaffTokens): unknown => {
  try {
    return idToken === undefined ? undefined : decodeJwt(idToken)['sid'];
  } catch {
    return undefined;
  }
};

const nameIn = (claims: oauth.IDToken | undefined): string | undefined => {
  const names = [claims?.['name'], claims?.['preferred_username'], claims?.['email'], claims?.sub];
  return names.find((name) => typeof name === 'string' && name !== '') as string | undefined;
};

/** Codes of the library for an answer that is not OAuth's, such as a page of a proxy. */
const unanswered: readonly (string | undefined)[] = [
  oauth.RESPONSE_IS_NOT_CONFORM,
  oauth.RESPONSE_IS_NOT_JSON,
];

/** Whether the provider answered, and the answer signs nobody in: asking again changes nothing. */
const isAnswer = (error: unknown): boolean => {
  if (error instanceof oauth.ResponseBodyError) return error.status < 500 && error.status !== 429;
  if (error instanceof oauth.OperationProcessingError) return !unanswered.includes(error.code);
  return (
    error instanceof oauth.UnsupportedOperationError ||
    error instanceof oauth.WWWAuthenticateChallengeError
  );
};

/** The provider's answer as it came with the browser, or undefined for one that is none of ours. */
const checked = (...answer: Parameters<typeof oauth.validateAuthResponse>) => {
  try {
    const valid = oauth.validateAuthResponse(...answer);
    return valid.has('code') ? valid : undefined;
  } catch {
    return undefined; // Anybody can write an address.
  }
};

const isSpent = (error: unknown): boolean =>
  error instanceof oauth.ResponseBodyError && error.error === 'invalid_grant';

const failed = (error: unknown): undefined => {
  count('Faults');
  log({ level: 'error', event: 'staff_issuer_failed', ...described(error) });
  return undefined;
};

const refusalOf = (error: unknown): Refusal<'not_signed_in' | 'try_again'> => {
  // A used or expired code is a person's; all else is the provider's or the configuration's.
  if (!isSpent(error)) failed(error);
  return isAnswer(error) ? refuse('not_signed_in') : refuse('try_again', { retryAfter: 5 });
};

/**
 * A public client with PKCE (RFC 7636, S256), state and nonce: there is no client secret to keep.
 * The id token comes from the provider itself over TLS, which stands for checking its signature
 * (OpenID Connect Core 1.0, 3.1.3.7); nothing but the name to show is read from it.
 */
export const providerOf = (
  settings: ConsoleSettings,
  origin: string,
  now: () => number,
): Provider => {
  const { issuer, clientId, scope, parameters } = settings;
  const client: oauth.Client = { client_id: clientId };
  const redirectUri = `${origin}/staff-console/sign-in/callback`;
  const options = (milliseconds = patience) => ({
    signal: AbortSignal.timeout(milliseconds),
    // Plain http is only on this very machine: the configuration allows no other.
    [oauth.allowInsecureRequests]: issuer.startsWith('http:'),
  });
  const discover = async (): Promise<oauth.AuthorizationServer> => {
    const url = new URL(issuer);
    return oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, options()));
  };
  let known: Promise<oauth.AuthorizationServer> | undefined;
  const server = (): Promise<oauth.AuthorizationServer> => {
    known ??= discover().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  const revoke = async (
    as: oauth.AuthorizationServer | undefined,
    { refreshToken }: StaffTokens,
    milliseconds = patience,
  ): Promise<void> => {
    if (!as?.revocation_endpoint || refreshToken === undefined) return;
    await oauth
      .revocationRequest(as, client, oauth.None(), refreshToken, options(milliseconds))
      .then(oauth.processRevocationResponse)
      .catch(failed);
  };
  const tokensOf = (answer: oauth.TokenEndpointResponse, before?: StaffTokens): StaffTokens => ({
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? before?.refreshToken,
    idToken: answer.id_token ?? before?.idToken,
    expiresAt: now() + (answer.expires_in ?? usualSeconds) * 1000,
    name: nameIn(oauth.getValidatedIdTokenClaims(answer)) ?? before?.name ?? '',
    // A renewal is the same person's, whatever it says.
    subject: before ? before.subject : oauth.getValidatedIdTokenClaims(answer)?.sub,
    scopes: scopesOf(answer, scope),
  });

  return {
    begin: async (back) => {
      const endpoint = await server().then((as) => as.authorization_endpoint, failed);
      if (!endpoint) return refuse('try_again', { retryAfter: 5 });
      const signIn = {
        state: oauth.generateRandomState(),
        nonce: oauth.generateRandomNonce(),
        verifier: oauth.generateRandomCodeVerifier(),
        back,
      };
      const url = new URL(endpoint);
      const asked = {
        ...Object.fromEntries(parameters),
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        scope,
        state: signIn.state,
        nonce: signIn.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(signIn.verifier),
        code_challenge_method: 'S256',
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return { url: url.href, signIn };
    },

    finish: async (answer, { state, nonce, verifier }) => {
      try {
        const as = await server();
        const valid = checked(as, client, answer, state);
        if (!valid) return refuse('not_signed_in');
        const given = await oauth.authorizationCodeGrantRequest(
          ...([as, client, oauth.None(), valid, redirectUri, verifier, options()] as const),
        );
        const checks = { expectedNonce: nonce, requireIdToken: true };
        return tokensOf(await oauth.processAuthorizationCodeResponse(as, client, given, checks));
      } catch (error) {
        return refusalOf(error);
      }
    },

    renew: async (tokens) => {
      const { refreshToken } = tokens;
      if (refreshToken === undefined) return refuse('not_signed_in');
      try {
        const as = await server();
        const given = await oauth.refreshTokenGrantRequest(
          ...([as, client, oauth.None(), refreshToken, options()] as const),
        );
        return tokensOf(await oauth.processRefreshTokenResponse(as, client, given), tokens);
      } catch (error) {
        return refusalOf(error);
      }
    },

    giveBack: async (former, current) => {
      // One session there has both tokens: it ends them at its own end, and some end it with either.
      const sid = sidOf(former);
      if (sid !== undefined && sid === sidOf(current)) return;
      await revoke(await server().catch(failed), former, shortPatience);
    },

    signOut: async (tokens) => {
      // The session here has ended, whatever the provider says.
      const as = await server().catch(failed);
      if (tokens) await revoke(as, tokens);
      if (!as?.end_session_endpoint) return undefined;
      const url = new URL(as.end_session_endpoint);
      const asked = {
        ...(tokens?.idToken !== undefined && { id_token_hint: tokens.idToken }),
        client_id: clientId,
        post_logout_redirect_uri: `${origin}/staff-console/signed-out`,
        // Amazon Cognito's own name for it.
        logout_uri: `${origin}/staff-console/signed-out`,
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return url.href;
    },
  };
};
