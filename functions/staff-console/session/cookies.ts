import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Region } from '../../../shared/core/region.ts';
import { cookieName, ownCookie } from '../../http/own-cookie.ts';
import type { Request } from '../../http/request.ts';
import { type Response, withCookie } from '../../http/response.ts';

const sessionName = (region: Region): string => cookieName(region, '-staff', '__Secure-');

/** Sent to the console only: no other function of the portal sees who of the staff is signed in. */
const sessionCookie = (region: Region, value: string, maxAge: number): string =>
  ownCookie(region, sessionName(region), value, maxAge, '/staff-console');

/** The secret of the session, as the browser sent it. */
export const sessionSecret = (request: Request, region: Region): string | undefined =>
  request.cookies[sessionName(region)];

export const withSession = (response: Response, region: Region, secret: string): Response =>
  withCookie(response, sessionCookie(region, secret, region.limits.staffSessionAbsoluteSeconds));

/** What the browser kept of this site stays: the portal's own sessions are not the console's. */
export const withoutSession = (response: Response, region: Region): Response =>
  withCookie(response, sessionCookie(region, '', 0));

const signInSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** The page that was asked for. */
  back: z.string(),
});

/** A sign-in on its way to the issuer and back; only the browser that began it can end it. */
export type SignIn = z.infer<typeof signInSchema>;

/** Seconds that a person has for signing in at the issuer. */
const signInSeconds = 10 * 60;

/** One cookie per sign-in, so that two tabs do not end each other's. */
const signInCookie = (region: Region, state: string, value: string, maxAge: number): string =>
  ownCookie(region, signInName(region, state), value, maxAge);

const signInName = (region: Region, state: string): string => {
  const id = createHash('sha256').update(state).digest('base64url').slice(0, 12);
  return cookieName(region, `-staff-sign-in-${id}`);
};

export const withSignIn = (response: Response, region: Region, signIn: SignIn): Response => {
  const value = Buffer.from(JSON.stringify(signIn)).toString('base64url');
  return withCookie(response, signInCookie(region, signIn.state, value, signInSeconds));
};

/** A sign-in can be ended once. */
export const withoutSignIn = (response: Response, region: Region, state: string): Response =>
  withCookie(response, signInCookie(region, state, '', 0));

/** The sign-in that the issuer answers, if this browser began it. */
export const signInOf = (
  request: Request,
  region: Region,
  state: string | undefined,
): SignIn | undefined => {
  if (!state) return undefined;
  const value = request.cookies[signInName(region, state)] ?? '';
  try {
    const read = z.safeParse(
      signInSchema,
      JSON.parse(Buffer.from(value, 'base64url').toString('utf8')),
    );
    return read.success && read.data.state === state ? read.data : undefined;
  } catch {
    return undefined;
  }
};
