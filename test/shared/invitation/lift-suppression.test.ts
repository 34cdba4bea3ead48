import { expect, it } from 'vitest';
import { liftSuppression } from '../../../shared/invitation/lift-suppression.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { newDependencies } from '../../support/dependencies.ts';

it('is finished by the same call after a crash, though only the list knew of the suppression', async () => {
  const deps = await newDependencies();
  const wish = { contactId: 'contact-1', email: 'jane@example.com', name: 'Jane' };
  await sendInvitation(deps, wish, { actor: 'crm/kim' });
  deps.suppressions.listed.set(wish.email, 'bounce');
  const lift = (contacts = deps.contacts) =>
    liftSuppression(
      { ...deps, contacts },
      { contactId: wish.contactId, hasConsent: false },
      { actor: 'crm/kim' },
    );
  const crashing = {
    ...deps.contacts,
    commit: (next: Parameters<typeof deps.contacts.commit>[0]) => {
      if (deps.suppressions.listed.size === 0) throw new Error('crash');
      return deps.contacts.commit(next);
    },
  };

  await expect(lift(crashing)).rejects.toThrow('crash');
  expect(deps.suppressions.listed.size).toBe(0);
  expect(await lift()).not.toHaveProperty('code');
  const { suppressed, outbox } = await deps.contacts.find(wish.contactId);
  expect(suppressed).toBeUndefined();
  expect(outbox.entries.map(({ what }) => what)).toContain('suppression_removed');
});

it('is tried again later if the list cannot be read', async () => {
  const deps = await newDependencies();
  const wish = { contactId: 'contact-1', email: 'jane@example.com', name: 'Jane' };
  await sendInvitation(deps, wish, { actor: 'crm/kim' });
  deps.suppressions.listed.set(wish.email, 'unknown');
  const asked = { contactId: wish.contactId, hasConsent: true };
  expect(await liftSuppression(deps, asked, { actor: 'crm/kim' })).toMatchObject({
    code: 'try_again',
  });
});
