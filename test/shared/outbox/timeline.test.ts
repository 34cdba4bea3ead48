import { expect, it } from 'vitest';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { revoke } from '../../../shared/invitation/invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { newWorld } from '../../support/dependencies.ts';
import { ann, done, jane, join, timelineOf } from '../../support/people.ts';

it('the timeline tells everything once, in its order', async () => {
  const world = await newWorld();
  await join(world);
  world.pass(60);
  done(await changeEmail(world, { contactId: 'C-1', email: 'new@example.com' }, ann.actor));
  await world.drain();
  world.pass(60);
  done(await staffChange(world, 'C-1', ann, { status: 204, rule: revoke }));
  await world.live(300);
  expect(await timelineOf(world, 'C-1')).toEqual([
    'invitation_sent',
    'email_sent',
    'invitation_accepted',
    'email_changed',
    'email_sent',
    'email_sent',
    'invitation_revoked',
  ]);
});

it('an entry that comes while others are moved is moved too', async () => {
  const world = await newWorld();
  done(await sendInvitation(world, jane, ann));
  let isDone = false;
  const { record } = world.timeline;
  Object.assign(world.timeline, {
    record: async (...given: Parameters<typeof record>) => {
      await record(...given);
      if (isDone) return;
      isDone = true;
      done(await sendInvitation(world, { ...jane, name: 'Jane Smith' }, ann));
    },
  });
  await world.drain();
  expect(await timelineOf(world, 'C-1')).toEqual(
    expect.arrayContaining(['invitation_sent', 'name_changed', 'email_sent']),
  );
  const { outbox } = await world.contacts.find('C-1');
  expect(outbox.entries).toEqual([]);
});
