import * as z from 'zod/mini';
import { changePassword } from '../../shared/account/change-password.ts';
import { readSession, type SignedIn } from '../../shared/account/session.ts';
import { passwordField } from '../../shared/api/public-schema.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { changePasswordPage } from '../../shared/pages/account.ts';
import { problemsOf } from '../../shared/pages/parts/problems.ts';
import { carryingEmail } from '../http/email-cookie.ts';
import { formRoute, pageRoute } from '../http/page-route.ts';
import { html, seeOther, withCookie } from '../http/response.ts';
import { sessionCookie, sessionToken } from '../http/session-cookie.ts';
import type { Dependencies } from './dependencies.ts';
import { onOwnAccount } from './own-account.ts';

const whose = ({ contact, account }: SignedIn) => ({
  contactId: contact.contactId,
  email: account.email,
});

/** `GET /account/password`. */
export const getChangePassword = pageRoute(async (request, deps: Dependencies) => {
  const { region } = deps;
  const session = await readSession(deps, sessionToken(request, region));
  return isRefusal(session)
    ? session
    : carryingEmail(
        html(200, changePasswordPage({ region, ...whose(session) })),
        region,
        session.account.email,
      );
});

/** `POST /account/password`: other sessions and all links end, this browser stays signed in. */
export const postChangePassword = onOwnAccount(
  formRoute({
    fields: z.object({ currentPassword: passwordField, password: passwordField }),
    submit: async (passwords, deps: Dependencies, request) => {
      const changed = await changePassword(deps, sessionToken(request, deps.region), passwords);
      return isRefusal(changed)
        ? changed
        : withCookie(
            seeOther('/account?notice=password-changed'),
            sessionCookie(changed, deps.region),
          );
    },
    again: async (refusal, deps, request) => {
      const { region } = deps;
      const session = await readSession(deps, sessionToken(request, region));
      if (isRefusal(session)) return session;
      const problems = problemsOf(refusal, 'currentPassword');
      return changePasswordPage({ region, ...whose(session), problems });
    },
  }),
);
