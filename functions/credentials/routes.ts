import type * as z from 'zod/mini';
import type { invitationResponse } from '../../shared/api/public-calls.ts';
import { linkRequest, passwordRequest } from '../../shared/api/public-schema.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { acceptInvitation, lookUpInvitation } from '../../shared/invitation/accept-invitation.ts';
import { renewInvitation } from '../../shared/invitation/renew-invitation.ts';
import { resetPassword } from '../../shared/reset/reset-password.ts';
import { apiRoute } from '../http/api-route.ts';
import { json, noContent } from '../http/response.ts';
import type { Routes } from '../http/route.ts';
import { browserCookies, withDeviceCookie } from '../http/session-cookie.ts';
import type { Dependencies } from './dependencies.ts';
import { getInvitation, postInvitation, postRenewal } from './invitation-page.ts';
import { getResetPassword, postResetPassword } from './reset-password-page.ts';

const postPasswordReset = apiRoute({
  body: passwordRequest,
  answer: async ({ token, password }, deps: Dependencies, request) => {
    const { device } = browserCookies(request, deps.region);
    const reset = await resetPassword(deps, { link: token, password, device });
    return isRefusal(reset) ? reset : withDeviceCookie(noContent(), reset, deps.region);
  },
});

/** Who is invited; uses nothing up. */
const postInvitationLookup = apiRoute({
  body: linkRequest,
  answer: async ({ token }, deps: Dependencies) => {
    const invitation = await lookUpInvitation(deps, token);
    if (isRefusal(invitation)) return invitation;
    const { name, email, expiresAt } = invitation;
    const found = { name, email, expiresAt: new Date(expiresAt).toISOString() };
    return json(200, found satisfies z.output<typeof invitationResponse>);
  },
});

const postInvitationAcceptance = apiRoute({
  body: passwordRequest,
  answer: async ({ token, password }, deps: Dependencies, request) => {
    const { device } = browserCookies(request, deps.region);
    const accepted = await acceptInvitation(deps, { link: token, password, device });
    return isRefusal(accepted) ? accepted : withDeviceCookie(noContent(), accepted, deps.region);
  },
});

/** 202 whatever the token is. */
const postInvitationRenewal = apiRoute({
  body: linkRequest,
  answer: async ({ token }, deps: Dependencies) => {
    await renewInvitation(deps, token);
    return json(202, {});
  },
});

export const routes = {
  'GET /reset-password': getResetPassword,
  'POST /reset-password': postResetPassword,
  'GET /invitation': getInvitation,
  'POST /invitation': postInvitation,
  'POST /invitation/renewal': postRenewal,
  'POST /api/password-resets': postPasswordReset,
  'POST /api/invitation-lookups': postInvitationLookup,
  'POST /api/invitation-acceptances': postInvitationAcceptance,
  'POST /api/invitation-renewals': postInvitationRenewal,
} satisfies Routes<Dependencies>;
