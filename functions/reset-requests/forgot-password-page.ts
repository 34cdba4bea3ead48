import * as z from 'zod/mini';
import { comparable } from '../../shared/email/address.ts';
import { forgotPasswordPage } from '../../shared/pages/forgot-password.ts';
import { problemsOf } from '../../shared/pages/parts/problems.ts';
import { requestReset } from '../../shared/reset/request-reset.ts';
import { emailField } from '../http/fields.ts';
import { formRoute, typed } from '../http/page-route.ts';
import { seeOther } from '../http/response.ts';
import type { RequestWorld } from './password-reset-requests.ts';

/** `POST /forgot-password`: the same for every well-formed address. */
export const postForgotPassword = formRoute({
  fields: z.object({ email: emailField }),
  submit: async ({ email }, world: RequestWorld) => {
    await requestReset(world, comparable(email));
    return seeOther('/forgot-password/sent');
  },
  again: (refusal, { region }, request) =>
    forgotPasswordPage({
      region,
      email: typed(request, 'email'),
      problems: problemsOf(refusal),
    }),
});
