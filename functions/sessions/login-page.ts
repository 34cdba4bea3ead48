import * as z from 'zod/mini';
import { deviceName } from '../../shared/account/device-name.ts';
import { readSession } from '../../shared/account/session.ts';
import { signIn } from '../../shared/account/sign-in.ts';
import { passwordField } from '../../shared/api/public-schema.ts';
import { isRefusal, type RefusalCode } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';
import { returnAddress, wayIn } from '../../shared/core/return-address.ts';
import { emailAddress } from '../../shared/email/address.ts';
import { homePage } from '../../shared/pages/home.ts';
import { loginPage } from '../../shared/pages/login.ts';
import { isNotice } from '../../shared/pages/parts/copy.ts';
import { problemsOf } from '../../shared/pages/parts/problems.ts';
import { carriedEmail, carryingEmail, withoutEmail } from '../http/email-cookie.ts';
import { formRoute, pageRoute, typed } from '../http/page-route.ts';
import type { Request } from '../http/request.ts';
import { html, type Response, seeOther } from '../http/response.ts';
import { browserCookies, sessionToken, withSignIn } from '../http/session-cookie.ts';
import type { Dependencies } from './dependencies.ts';

/** Longer than the work for such an answer takes, in milliseconds: a password is checked, or a pause found. */
const noSoonerThan: Partial<Record<RefusalCode, number>> = {
  invalid_credentials: 500,
  too_many_attempts: 100,
};

/** A refusal is answered no sooner, so that the time tells no account from a decoy. */
export const signInEvenly: typeof signIn = async (deps, ...request) => {
  const startedAt = performance.now();
  const signedIn = await signIn(deps, ...request);
  const least = (isRefusal(signedIn) && noSoonerThan[signedIn.code]) || 0;
  const left = Math.ceil(least - (performance.now() - startedAt));
  if (left > 0) await deps.wait(left);
  return signedIn;
};

/** Where a client goes who is signed in: to the page that was asked for, or to the portal. */
const goingOn = (region: Region, asked: string | undefined): string =>
  returnAddress(region, asked) ?? wayIn(region);

/** A page for who is signed out; who is signed in goes on. Without a cookie nothing is looked up. */
const unlessSignedIn = (page: (request: Request, deps: Dependencies) => Response) =>
  pageRoute(async (request, deps: Dependencies) => {
    const session = await readSession(deps, sessionToken(request, deps.region));
    if (isRefusal(session)) return page(request, deps);
    return seeOther(goingOn(deps.region, request.query['return']));
  });

/** `GET /`. */
export const getHome = unlessSignedIn((_, { region }) => html(200, homePage({ region })));

/** `GET /login`. */
export const getLogin = unlessSignedIn((request, { region }) => {
  const notice = isNotice(request.query['notice']) ? request.query['notice'] : undefined;
  const email = carriedEmail(request, region);
  return html(
    200,
    loginPage({ region, notice, email, back: returnAddress(region, request.query['return']) }),
  );
});

/** `POST /login`. */
export const postLogin = formRoute({
  fields: z.object({ email: emailAddress, password: passwordField }),
  submit: async (credentials, deps: Dependencies, request) => {
    const { region } = deps;
    const options = {
      isKept: typed(request, 'keep') !== undefined,
      device: deviceName(request.headers['user-agent']),
    };
    const signedIn = await signInEvenly(
      deps,
      credentials,
      browserCookies(request, region),
      options,
    );
    if (isRefusal(signedIn)) return signedIn;
    const reply = withSignIn(seeOther(goingOn(region, typed(request, 'return'))), signedIn, region);
    return withoutEmail(reply, region);
  },
  again: (refusal, { region }, request) => {
    const email = typed(request, 'email');
    const back = returnAddress(region, typed(request, 'return'));
    const isKept = typed(request, 'keep') !== undefined;
    const page = html(
      400,
      loginPage({ region, email, back, isKept, problems: problemsOf(refusal) }),
    );
    return email ? carryingEmail(page, region, email) : page;
  },
});
