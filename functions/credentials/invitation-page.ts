import * as z from 'zod/mini';
import { isRefusal } from '../../shared/core/refusal.ts';
import { acceptInvitation, lookUpInvitation } from '../../shared/invitation/accept-invitation.ts';
import { renewInvitation } from '../../shared/invitation/renew-invitation.ts';
import { invitationPage } from '../../shared/pages/invitation.ts';
import { problemsOf } from '../../shared/pages/parts/problems.ts';
import { renewalRequestedPage } from '../../shared/pages/sent.ts';
import { passwordField } from '../http/fields.ts';
import { linkToken, takeToken, withoutToken } from '../http/link-cookie.ts';
import { formRoute, pageRoute } from '../http/page-route.ts';
import type { Request } from '../http/request.ts';
import { html, seeOther } from '../http/response.ts';
import type { Dependencies } from './dependencies.ts';

const path = '/invitation';

const lookUp = (request: Request, deps: Dependencies) =>
  lookUpInvitation(deps, linkToken(request, path, deps.region));

/** `GET /invitation`: looking uses nothing up. */
export const getInvitation = pageRoute(async (request, deps: Dependencies) => {
  const { region } = deps;
  const clean = takeToken(request, path, region);
  if (clean) return clean;
  if (request.query['renewal'] === 'sent') return html(200, renewalRequestedPage({ region }));
  const invitation = await lookUp(request, deps);
  return isRefusal(invitation) ? invitation : html(200, invitationPage({ region, ...invitation }));
});

/** `POST /invitation`: makes the account. */
export const postInvitation = formRoute({
  fields: z.object({ password: passwordField }),
  submit: async ({ password }, deps: Dependencies, request) => {
    const link = linkToken(request, path, deps.region);
    const accepted = await acceptInvitation(deps, { link, password });
    return isRefusal(accepted)
      ? accepted
      : withoutToken(seeOther('/login?notice=account-ready'), path, deps.region);
  },
  again: async (refusal, deps, request) => {
    const invitation = await lookUp(request, deps);
    if (isRefusal(invitation)) return invitation;
    return invitationPage({
      region: deps.region,
      ...invitation,
      problems: problemsOf(refusal),
    });
  },
});

/** `POST /invitation/renewal`: *Email me a new link*; the answer tells nothing. */
export const postRenewal = pageRoute(async (request, deps: Dependencies) => {
  await renewInvitation(deps, linkToken(request, path, deps.region));
  return seeOther('/invitation?renewal=sent');
});
