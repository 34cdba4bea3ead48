import { isRefusal } from '../../../shared/core/refusal.ts';
import { endSession, readSession, startSession } from '../../../shared/staff/session.ts';
import { signedOutPage, signInFailedPage } from '../../../shared/staff-console/sign-in.ts';
import { html, seeOther } from '../../http/response.ts';
import type { Route } from '../../http/route.ts';
import {
  sessionSecret,
  signInOf,
  withoutSession,
  withoutSignIn,
  withSession,
  withSignIn,
} from './cookies.ts';
import type { Dependencies } from './dependencies.ts';
import { home, ownPage } from './own-page.ts';
import { presentInConsole, signInPath } from './signed-in.ts';

/** A page of the console for anybody. */
export const openRoute = (answer: Route<Dependencies>['answer']): Route<Dependencies> => ({
  present: presentInConsole,
  answer,
});

/** `GET /staff-console/sign-in`: to the provider, and back to the page that was asked for. */
export const getSignIn = openRoute(async (request, { region, provider }) => {
  const begun = await provider.begin(ownPage(request.query['return']));
  return isRefusal(begun) ? begun : withSignIn(seeOther(begun.url), region, begun.signIn);
});

/** `GET /staff-console/sign-in/callback`: the provider's answer, once. */
export const getCallback = openRoute(async (request, deps) => {
  const { region, provider } = deps;
  const former = sessionSecret(request, region);
  const signIn = signInOf(request, region, request.query['state']);
  if (!signIn) {
    // Back, or the address once more, after a sign-in that has ended well.
    const open = await readSession(deps, former, false);
    return isRefusal(open)
      ? html(400, signInFailedPage({ region, signIn: signInPath(home) }))
      : seeOther(home);
  }
  const answer = new URLSearchParams(request.query as Record<string, string>);
  const tokens = await provider.finish(answer, signIn);
  if (isRefusal(tokens)) {
    return tokens.code === 'try_again'
      ? tokens
      : withoutSignIn(
          html(400, signInFailedPage({ region, signIn: signInPath(signIn.back) })),
          region,
          signIn.state,
        );
  }
  const secret = await startSession(deps, tokens);
  const given = former === undefined ? undefined : await endSession(deps, former);
  if (given) await provider.giveBack(given, tokens);
  return withoutSignIn(withSession(seeOther(signIn.back), region, secret), region, signIn.state);
});

/**
 * `POST /staff-console/sign-out`: here, and then at the provider. Not by a redirect: browsers hold
 * a form's redirect to `form-action`, and the provider's address is its own business.
 */
export const postSignOut = openRoute(async (request, deps) => {
  const { region, provider } = deps;
  const secret = sessionSecret(request, region);
  const tokens = secret === undefined ? undefined : await endSession(deps, secret);
  const leaveUrl = await provider.signOut(tokens);
  const page = html(200, signedOutPage({ region, leaveUrl }));
  const leaving = leaveUrl ? { Refresh: `0; url=${leaveUrl}` } : {};
  return withoutSession({ ...page, headers: { ...page.headers, ...leaving } }, region);
});

/** `GET /staff-console/signed-out`: back from the provider. */
export const getSignedOut = openRoute((_, { region }) => html(200, signedOutPage({ region })));
