import {
  readSession,
  sessionId,
  signOut,
  signOutDevice,
  signOutEverywhere,
} from '../../shared/account/session.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { accountPage } from '../../shared/pages/account.ts';
import { isNotice } from '../../shared/pages/parts/copy.ts';
import { withoutEmail } from '../http/email-cookie.ts';
import { pageRoute, typed } from '../http/page-route.ts';
import { html, seeOther } from '../http/response.ts';
import { sessionToken, withSignOut } from '../http/session-cookie.ts';
import type { Dependencies } from './dependencies.ts';
import { onOwnAccount } from './own-account.ts';

/** `GET /account`: who is signed in. */
export const getAccount = pageRoute(async (request, deps: Dependencies) => {
  const { region } = deps;
  const session = await readSession(deps, sessionToken(request, region));
  if (isRefusal(session)) return session;
  const notice = isNotice(request.query['notice']) ? request.query['notice'] : undefined;
  const { account, signedInAt } = session;
  const devices = session.sessions
    .toSorted((a, b) => b.seenAt - a.seenAt)
    .map((one) => ({ ...one, id: sessionId(one), isThis: one.hash === session.hash }));
  const { name, email, lastSignInAt = signedInAt } = account;
  return html(
    200,
    accountPage({
      region,
      contactId: session.contact.contactId,
      name,
      email,
      signedInAt,
      notice,
      lastSignInAt,
      devices,
    }),
  );
});

/** `POST /account/sign-out`: in this browser, and on the server. */
export const postSignOut = onOwnAccount(
  pageRoute(async (request, deps: Dependencies) => {
    await signOut(deps, sessionToken(request, deps.region));
    const reply = withSignOut(seeOther('/login?notice=signed-out'), deps.region);
    return withoutEmail(reply, deps.region);
  }),
);

/** `POST /account/sign-out-device`: ends the session on another device. */
export const postSignOutDevice = onOwnAccount(
  pageRoute(async (request, deps: Dependencies) => {
    const id = typed(request, 'session') ?? '';
    const ended = await signOutDevice(deps, sessionToken(request, deps.region), id);
    return isRefusal(ended) ? ended : seeOther('/account?notice=device-signed-out');
  }),
);

/** `POST /account/sign-out-everywhere`. */
export const postSignOutEverywhere = onOwnAccount(
  pageRoute(async (request, deps: Dependencies) => {
    const ended = await signOutEverywhere(deps, sessionToken(request, deps.region));
    return isRefusal(ended)
      ? ended
      : withSignOut(seeOther('/login?notice=signed-out-everywhere'), deps.region);
  }),
);
