import { beforeEach, describe, expect, it } from 'vitest';
import { acceptInvitation } from '../../../shared/invitation/accept-invitation.ts';
import { changeEmail } from '../../../shared/invitation/change-email.ts';
import { erase } from '../../../shared/invitation/erase.ts';
import { revoke } from '../../../shared/invitation/invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, done, invite, jane, join, newestLink, passwords } from '../../support/people.ts';

const thief = 'thief@example.org';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies();
});

const kindsTo = (address: string) => deps.mail.to(address).map(({ kind }) => kind);
const end = (rule: typeof revoke | typeof erase) =>
  staffChange(deps, jane.contactId, ann, { status: 204, rule }).then(done);
const inviteElsewhere = () =>
  sendInvitation(deps, { ...jane, email: thief, name: 'Somebody Else' }, ann).then(done);

describe.each([
  ['revoked', revoke],
  ['erased', erase],
] as const)('an accepted client who is %s', (_, rule) => {
  it('gets an email that says that the access ended', async () => {
    await join(deps);
    await end(rule);
    await deps.drain();
    expect(kindsTo(jane.email)).toEqual(['invitation', 'access_ended']);
  });

  it('and invited at another address at once, gets it all the same, without the new name', async () => {
    await join(deps);
    await end(rule);
    await inviteElsewhere();
    await deps.live(300);
    expect(kindsTo(jane.email)).toEqual(['invitation', 'access_ended']);
    expect(deps.mail.to(jane.email).at(-1)?.text).not.toContain('Somebody');
    const link = newestLink(deps, thief);
    done(await acceptInvitation(deps, { link, password: passwords[1] ?? '' }));
  });

  it('while the mail service is down, gets it when it is up again', async () => {
    await join(deps);
    deps.mail.answer = 'unavailable';
    await end(rule);
    await deps.live(300);
    await inviteElsewhere();
    await deps.live(3600, 300);
    deps.mail.answer = 'accepted';
    await deps.live(3600, 300);
    expect(kindsTo(jane.email)).toEqual(['invitation', 'access_ended']);
    expect(kindsTo(thief)).toEqual(['invitation']);
  });

  it('whose address had changed before: the notice to the former address survives', async () => {
    await join(deps);
    deps.mail.answer = 'unavailable';
    done(await changeEmail(deps, { contactId: jane.contactId, email: thief }, ann.actor));
    await deps.live(120);
    await end(rule);
    deps.mail.answer = 'accepted';
    await deps.live(3600, 300);
    expect(kindsTo(jane.email)).toEqual(['invitation', 'email_changed_from']);
    expect(kindsTo(thief)).toEqual(['access_ended']);
  });
});

it('a client without an account is told nothing when the invitation is taken back', async () => {
  await invite(deps);
  await end(revoke);
  await deps.live(300);
  expect(kindsTo(jane.email)).toEqual(['invitation']);
});

it('an address that mail does not reach is not written to', async () => {
  await join(deps);
  const contact = await deps.contacts.find(jane.contactId);
  await deps.contacts.commit({ ...contact, suppressed: { reason: 'bounce', at: deps.now() } });
  await end(revoke);
  await deps.live(300);
  expect(kindsTo(jane.email)).toEqual(['invitation']);
});
