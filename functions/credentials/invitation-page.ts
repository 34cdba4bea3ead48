import * as z from 'zod/mini';
import { statusOfRefusal } from '../../shared/api/problems.ts';
import { passwordField } from '../../shared/api/public-schema.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import {
  acceptInvitation,
  lookUpInvitation,
  wasAccepted,
} from '../../shared/invitation/accept-invitation.ts';
import { renewInvitation } from '../../shared/invitation/renew-invitation.ts';
import { invitationExpiredPage } from '../../shared/pages/dead-link.ts';
import { invitationPage } from '../../shared/pages/invitation.ts';
import { problemsOf } from '../../shared/pages/parts/problems.ts';
import { linkOfForm, newestLink, takeToken } from '../http/link-cookie.ts';
import { formRoute, pageRoute, presentAsPage } from '../http/page-route.ts';
import { html, seeOther } from '../http/response.ts';
import type { Route } from '../http/route.ts';
import { browserCookies } from '../http/session-cookie.ts';
import type { Dependencies } from './dependencies.ts';
import { toLogin, unlessSignedIn } from './onwards.ts';

const path = '/invitation';

/** An expired invitation has a page of its own, whose form knows which link it is about. */
const withRenewal = (route: Route<Dependencies>): Route<Dependencies> => ({
  ...route,
  present: (refusal, request, region) => {
    if (refusal.code !== 'link_expired') return presentAsPage(refusal, request, region);
    const link = linkOfForm(request, path, region);
    const { id } = isRefusal(link) ? newestLink(request, path, region) : link;
    return html(statusOfRefusal(refusal.code), invitationExpiredPage({ region, link: id }));
  },
});

/** `GET /invitation`: looking uses nothing up. */
export const getInvitation = withRenewal(
  unlessSignedIn(async (request, deps: Dependencies) => {
    const { region } = deps;
    const clean = takeToken(request, path, deps);
    if (clean) return clean;
    const link = newestLink(request, path, region);
    const invitation = await lookUpInvitation(deps, link.token);
    if (!isRefusal(invitation)) {
      return html(200, invitationPage({ region, link: link.id, ...invitation }));
    }
    const contact = await wasAccepted(deps, link.token);
    return contact ? toLogin('account-ready', { contact }, path, link, deps) : invitation;
  }),
);

/** `POST /invitation`: makes the account. */
export const postInvitation = withRenewal(
  formRoute({
    fields: z.object({ password: passwordField }),
    submit: async ({ password }, deps: Dependencies, request) => {
      const { region } = deps;
      const link = linkOfForm(request, path, region);
      if (isRefusal(link)) return link;
      const { device } = browserCookies(request, region);
      const accepted = await acceptInvitation(deps, { link: link.token, password, device });
      return isRefusal(accepted) ? accepted : toLogin('account-ready', accepted, path, link, deps);
    },
    again: async (refusal, deps, request) => {
      const { region } = deps;
      const link = linkOfForm(request, path, region);
      if (isRefusal(link)) return link;
      const invitation = await lookUpInvitation(deps, link.token);
      if (isRefusal(invitation)) return invitation;
      const problems = problemsOf(refusal);
      return invitationPage({ region, link: link.id, ...invitation, problems });
    },
  }),
);

/** `POST /invitation/renewal`: *Email me a new link*; the answer tells nothing. */
export const postRenewal = pageRoute(async (request, deps: Dependencies) => {
  const link = linkOfForm(request, path, deps.region);
  if (isRefusal(link)) return link;
  await renewInvitation(deps, link.token);
  return seeOther('/invitation/renewal');
});
