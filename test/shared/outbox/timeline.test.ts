import { expect, it } from 'vitest';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { revoke } from '../../../shared/invitation/invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { clientOn } from '../../support/client.ts';
import { newDependencies } from '../../support/dependencies.ts';
import { ann, done, jane, join, timelineOf } from '../../support/people.ts';

it('the timeline tells everything once, in its order', async () => {
  const deps = await newDependencies();
  await join(deps);
  deps.pass(60);
  done(await changeEmail(deps, { contactId: 'C-1', email: 'new@example.com' }, ann.actor));
  await deps.drain();
  deps.pass(60);
  done(await staffChange(deps, 'C-1', ann, { status: 204, rule: revoke }));
  await deps.live(300);
  expect(await timelineOf(deps, 'C-1')).toEqual([
    'invitation_sent',
    'email_sent',
    'invitation_accepted',
    'email_changed',
    'email_sent',
    'email_sent',
    'invitation_revoked',
    'email_sent',
  ]);
});

it('a request stands before the email that answers it, even within a millisecond', async () => {
  const deps = await newDependencies();
  await join(deps);
  await clientOn(deps).forgetsPassword(jane.email);
  expect((await timelineOf(deps, 'C-1')).slice(-2)).toEqual(['reset_requested', 'email_sent']);
});

it('an entry that comes while others are moved is moved too', async () => {
  const deps = await newDependencies();
  done(await sendInvitation(deps, jane, ann));
  let isDone = false;
  const { record } = deps.timeline;
  Object.assign(deps.timeline, {
    record: async (...given: Parameters<typeof record>) => {
      await record(...given);
      if (isDone) return;
      isDone = true;
      done(await sendInvitation(deps, { ...jane, name: 'Jane Smith' }, ann));
    },
  });
  await deps.drain();
  expect(await timelineOf(deps, 'C-1')).toEqual(
    expect.arrayContaining(['invitation_sent', 'name_changed', 'email_sent']),
  );
  const { outbox } = await deps.contacts.find('C-1');
  expect(outbox.entries).toEqual([]);
});
