import { readSession, signOut, signOutEverywhere } from '../../shared/account/session.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { accountPage } from '../../shared/pages/account.ts';
import { isNotice } from '../../shared/pages/parts/copy.ts';
import { pageRoute } from '../http/page-route.ts';
import { html, seeOther, withCookie } from '../http/response.ts';
import { clearedSessionCookie, sessionToken } from '../http/session-cookie.ts';
import type { SessionsWorld } from './world.ts';

/** `GET /account`: who is signed in. */
export const getAccount = pageRoute(async (request, world: SessionsWorld) => {
  const { region } = world;
  const session = await readSession(world, sessionToken(request, region));
  if (isRefusal(session)) return session;
  const notice = isNotice(request.query['notice']) ? request.query['notice'] : undefined;
  const { account, signedInAt } = session;
  const { name, email, lastSignInAt = signedInAt } = account;
  return html(200, accountPage({ region, name, email, signedInAt, notice, lastSignInAt }));
});

/** `POST /account/sign-out`: in this browser, and on the server. */
export const postSignOut = pageRoute(async (request, world: SessionsWorld) => {
  await signOut(world, sessionToken(request, world.region));
  return withCookie(seeOther('/login?notice=signed-out'), clearedSessionCookie(world.region));
});

/** `POST /account/sign-out-everywhere`. */
export const postSignOutEverywhere = pageRoute(async (request, world: SessionsWorld) => {
  const ended = await signOutEverywhere(world, sessionToken(request, world.region));
  return isRefusal(ended)
    ? ended
    : withCookie(
        seeOther('/login?notice=signed-out-everywhere'),
        clearedSessionCookie(world.region),
      );
});
