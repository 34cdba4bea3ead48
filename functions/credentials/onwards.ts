import { readSession } from '../../shared/account/session.ts';
import { type Contact, heldAddress } from '../../shared/contact/contact.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import type { Notice } from '../../shared/pages/parts/copy.ts';
import { carryingEmail } from '../http/email-cookie.ts';
import { type LinkPath, type OpenLink, withoutLink } from '../http/link-cookie.ts';
import { pageRoute } from '../http/page-route.ts';
import { type Response, seeOther } from '../http/response.ts';
import type { Route } from '../http/route.ts';
import { sessionToken, withDeviceCookie } from '../http/session-cookie.ts';
import type { Dependencies } from './dependencies.ts';

/** After a password was chosen: to Login, where the address need not be typed again. */
export const toLogin = (
  notice: Notice,
  { contact, device }: { readonly contact: Contact; readonly device?: string | undefined },
  path: LinkPath,
  link: OpenLink,
  { region }: Dependencies,
): Response => {
  const reply = withoutLink(seeOther(`/login?notice=${notice}`), path, region, link);
  const known = withDeviceCookie(reply, { device }, region);
  return carryingEmail(known, region, heldAddress(contact) ?? '');
};

/** A link that opens nothing any more leads who is signed in into the portal. */
export const unlessSignedIn = (answer: Route<Dependencies>['answer']): Route<Dependencies> =>
  pageRoute(async (request, deps) => {
    const outcome = await answer(request, deps);
    if (!isRefusal(outcome) || outcome.code !== 'link_not_valid') return outcome;
    const session = await readSession(deps, sessionToken(request, deps.region));
    return isRefusal(session) ? outcome : seeOther('/');
  });
