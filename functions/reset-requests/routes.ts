import * as z from 'zod/mini';
import { resetRequest } from '../../shared/api/public-schema.ts';
import { comparable, emailAddress } from '../../shared/email/address.ts';
import { forgotPasswordPage } from '../../shared/pages/forgot-password.ts';
import { problemsOf } from '../../shared/pages/parts/problems.ts';
import { type RequestDependencies, requestReset } from '../../shared/reset/request-reset.ts';
import { apiRoute } from '../http/api-route.ts';
import { carryingEmail } from '../http/email-cookie.ts';
import { formRoute, typed } from '../http/page-route.ts';
import { json, seeOther } from '../http/response.ts';
import type { Routes } from '../http/route.ts';

/** A reset is asked for: the same for every well-formed address. */
const postPasswordResetRequest = apiRoute({
  body: resetRequest,
  answer: async ({ email }, deps: RequestDependencies) => {
    await requestReset(deps, comparable(email));
    return json(202, {});
  },
});

const postForgotPassword = formRoute({
  fields: z.object({ email: emailAddress }),
  submit: async ({ email }, deps: RequestDependencies, request) => {
    await requestReset(deps, comparable(email));
    const notice = typed(request, 'again') === undefined ? '' : '?notice=sent-again';
    return carryingEmail(seeOther(`/forgot-password/sent${notice}`), deps.region, email);
  },
  again: (refusal, { region }, request) =>
    forgotPasswordPage({
      region,
      email: typed(request, 'email'),
      problems: problemsOf(refusal),
    }),
});

export const routes = {
  'POST /forgot-password': postForgotPassword,
  'POST /api/password-reset-requests': postPasswordResetRequest,
} satisfies Routes<RequestDependencies>;
