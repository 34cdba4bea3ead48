import * as z from 'zod/mini';
import { signIn } from '../../shared/account/sign-in.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { loginPage } from '../../shared/pages/login.ts';
import { problemsOf } from '../../shared/pages/parts/problems.ts';
import { emailField, passwordField } from '../http/fields.ts';
import { formRoute, typed } from '../http/page-route.ts';
import { seeOther, withCookie } from '../http/response.ts';
import { sessionCookie } from '../http/session-cookie.ts';
import type { Dependencies } from './dependencies.ts';

/** `POST /login`. */
export const postLogin = formRoute({
  fields: z.object({ email: emailField, password: passwordField }),
  submit: async (credentials, deps: Dependencies) => {
    const signedIn = await signIn(deps, credentials);
    return isRefusal(signedIn)
      ? signedIn
      : withCookie(seeOther('/account'), sessionCookie(signedIn.token, deps.region));
  },
  again: (refusal, { region }, request) =>
    loginPage({ region, email: typed(request, 'email'), problems: problemsOf(refusal) }),
});
