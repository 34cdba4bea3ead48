import * as z from 'zod/mini';
import { passwordField } from '../../shared/api/public-schema.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { problemsOf } from '../../shared/pages/parts/problems.ts';
import { resetPasswordPage } from '../../shared/pages/reset-password.ts';
import { lookUpReset, resetPassword } from '../../shared/reset/reset-password.ts';
import { linkOfForm, newestLink, takeToken } from '../http/link-cookie.ts';
import { formRoute } from '../http/page-route.ts';
import { html } from '../http/response.ts';
import { browserCookies } from '../http/session-cookie.ts';
import type { Dependencies } from './dependencies.ts';
import { toLogin, unlessSignedIn } from './onwards.ts';

const path = '/reset-password';

/** `GET /reset-password`: looking uses nothing up. */
export const getResetPassword = unlessSignedIn(async (request, deps: Dependencies) => {
  const { region } = deps;
  const clean = takeToken(request, path, deps);
  if (clean) return clean;
  const link = newestLink(request, path, region);
  const account = await lookUpReset(deps, link.token);
  return isRefusal(account)
    ? account
    : html(200, resetPasswordPage({ region, link: link.id, email: account.email }));
});

/** `POST /reset-password`: sets the new password. */
export const postResetPassword = formRoute({
  fields: z.object({ password: passwordField }),
  submit: async ({ password }, deps: Dependencies, request) => {
    const { region } = deps;
    const link = linkOfForm(request, path, region);
    if (isRefusal(link)) return link;
    const { device } = browserCookies(request, region);
    const reset = await resetPassword(deps, { link: link.token, password, device });
    return isRefusal(reset) ? reset : toLogin('password-reset', reset, path, link, deps);
  },
  again: async (refusal, deps, request) => {
    const { region } = deps;
    const link = linkOfForm(request, path, region);
    if (isRefusal(link)) return link;
    const account = await lookUpReset(deps, link.token);
    if (isRefusal(account)) return account;
    const problems = problemsOf(refusal);
    return resetPasswordPage({ region, link: link.id, email: account.email, problems });
  },
});
