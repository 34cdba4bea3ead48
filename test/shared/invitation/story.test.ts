import { expect, it } from 'vitest';
import { readSession } from '../../../shared/account/session.ts';
import { signIn } from '../../../shared/account/sign-in.ts';
import { isRefusal } from '../../../shared/core/refusal.ts';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { resetPassword } from '../../../shared/reset/reset-password.ts';
import { newDependencies } from '../../support/dependencies.ts';
import { tokenIn } from '../../support/mailbox.ts';

const jane = { contactId: 'C-1', email: 'Jane@example.com', name: 'Jane Doe' };
const first = 'a quiet green kettle';
const second = 'nine lamps by the river';

it('takes a client from the invitation to a new password', async () => {
  const deps = await newDependencies();
  const invited = await sendInvitation(deps, jane, { actor: 'crm/ann' });
  expect(invited).toMatchObject({ status: 201 });
  await deps.drain();

  const [invitation] = deps.mail.to(jane.email);
  if (!invitation) throw new Error('No invitation came.');
  const link = tokenIn(invitation);
  expect(await acceptInvitation(deps, { link, password: first })).not.toBeInstanceOf(Error);
  const credentials = { email: 'jane@EXAMPLE.com', password: first };
  const signedIn = await signIn(deps, credentials);
  if (isRefusal(signedIn)) throw new Error(signedIn.code);
  expect(await readSession(deps, signedIn.token)).toMatchObject({ account: { name: jane.name } });

  await requestReset(deps, 'jane@example.com');
  await deps.drain();
  const reset = deps.mail.to(jane.email).at(-1);
  if (!reset) throw new Error('No reset email came.');
  await resetPassword(deps, { link: tokenIn(reset), password: second });
  expect(await readSession(deps, signedIn.token)).toMatchObject({ code: 'not_signed_in' });
  expect(await signIn(deps, credentials)).toMatchObject({ code: 'invalid_credentials' });
  expect(await signIn(deps, { ...credentials, password: second })).toHaveProperty('token');
  await deps.drain();
  expect(deps.mail.to(jane.email).map(({ kind }) => kind)).toEqual([
    'invitation',
    'password_reset',
    'password_changed',
    'new_device',
  ]);
});
