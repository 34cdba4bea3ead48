import * as z from 'zod/mini';
import { signIn } from '../../shared/account/sign-in.ts';
import { loginPage } from '../../shared/pages/login.ts';
import { problemsOf } from '../../shared/pages/problems.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { emailField, passwordField } from '../fields.ts';
import { formDoor, typed } from '../page-door.ts';
import { seeOther, withCookie } from '../reply.ts';
import { sessionCookie } from '../session-cookie.ts';
import type { SessionsWorld } from './world.ts';

/** `POST /login`. */
export const postLogin = formDoor({
  fields: z.object({ email: emailField, password: passwordField }),
  submit: async (credentials, world: SessionsWorld) => {
    const signedIn = await signIn(world, credentials);
    return isRefusal(signedIn)
      ? signedIn
      : withCookie(seeOther('/account'), sessionCookie(signedIn.token, world.region));
  },
  again: (refusal, { region }, request) =>
    loginPage({ region, email: typed(request, 'email'), problems: problemsOf(refusal) }),
});
