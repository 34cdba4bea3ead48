import { expect, it } from 'vitest';
import { liftSuppression } from '../../../shared/invitation/lift-suppression.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { newWorld } from '../../support/dependencies.ts';

it('is finished by the same call after a crash, though only the list knew of the suppression', async () => {
  const world = await newWorld();
  const wish = { contactId: 'contact-1', email: 'jane@example.com', name: 'Jane' };
  await sendInvitation(world, wish, { actor: 'crm/kim' });
  world.suppressions.listed.set(wish.email, 'bounce');
  const lift = (contacts = world.contacts) =>
    liftSuppression(
      { ...world, contacts },
      { contactId: wish.contactId, hasConsent: false },
      { actor: 'crm/kim' },
    );
  const crashing = {
    ...world.contacts,
    commit: (next: Parameters<typeof world.contacts.commit>[0]) => {
      if (world.suppressions.listed.size === 0) throw new Error('crash');
      return world.contacts.commit(next);
    },
  };

  await expect(lift(crashing)).rejects.toThrow('crash');
  expect(world.suppressions.listed.size).toBe(0);
  expect(await lift()).not.toHaveProperty('code');
  const { suppressed, outbox } = await world.contacts.find(wish.contactId);
  expect(suppressed).toBeUndefined();
  expect(outbox.entries.map(({ what }) => what)).toContain('suppression_removed');
});
