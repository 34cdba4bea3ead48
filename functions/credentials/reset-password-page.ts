import * as z from 'zod/mini';
import { isRefusal } from '../../shared/core/refusal.ts';
import { problemsOf } from '../../shared/pages/parts/problems.ts';
import { resetPasswordPage } from '../../shared/pages/reset-password.ts';
import { lookUpReset, resetPassword } from '../../shared/reset/reset-password.ts';
import { passwordField } from '../http/fields.ts';
import { linkToken, takeToken, withoutToken } from '../http/link-cookie.ts';
import { formRoute, pageRoute } from '../http/page-route.ts';
import { html, seeOther } from '../http/response.ts';
import type { Dependencies } from './dependencies.ts';

const path = '/reset-password';

/** `GET /reset-password`: looking uses nothing up. */
export const getResetPassword = pageRoute(async (request, deps: Dependencies) => {
  const { region } = deps;
  const clean = takeToken(request, path, region);
  if (clean) return clean;
  const account = await lookUpReset(deps, linkToken(request, path, region));
  return isRefusal(account)
    ? account
    : html(200, resetPasswordPage({ region, email: account.email }));
});

/** `POST /reset-password`: sets the new password. */
export const postResetPassword = formRoute({
  fields: z.object({ password: passwordField }),
  submit: async ({ password }, deps: Dependencies, request) => {
    const link = linkToken(request, path, deps.region);
    const reset = await resetPassword(deps, { link, password });
    return isRefusal(reset)
      ? reset
      : withoutToken(seeOther('/login?notice=password-reset'), path, deps.region);
  },
  again: async (refusal, deps, request) => {
    const account = await lookUpReset(deps, linkToken(request, path, deps.region));
    if (isRefusal(account)) return account;
    const { region } = deps;
    return resetPasswordPage({ region, email: account.email, problems: problemsOf(refusal) });
  },
});
