import { beforeEach, describe, expect, it } from 'vitest';
import { deliveryEventFrom } from '../../../functions/email-events/ses-event.ts';
import { signIn } from '../../../shared/account/sign-in.ts';
import { canary, newCanaryAddress } from '../../../shared/contact/canary.ts';
import type { Contact } from '../../../shared/contact/contact.ts';
import { recordDeliveryEvent } from '../../../shared/outbox/delivery-events.ts';
import { renewCanary } from '../../../shared/reset/renew-canary.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { resetPassword } from '../../../shared/reset/reset-password.ts';
import { staffOn } from '../../support/calling.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import type { Email } from '../../support/mailbox.ts';
import { codeOf, invite, jane, newest, newestLink } from '../../support/people.ts';
import { type EventName, events } from '../../support/ses-events.ts';

const quarter = 15 * 60;

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies();
});

const outcome = async () => (await renewCanary(deps)).outcome;

/** A run of the canary. */
const ask = async (): Promise<string> => {
  const { email } = await renewCanary(deps);
  await requestReset(deps, email);
  return email;
};

const hear = (name: EventName, sent: Email): Promise<void> => {
  const report = deliveryEventFrom(JSON.stringify(events[name]({ ...sent, at: deps.now() })));
  return report ? recordDeliveryEvent(deps, report) : Promise.reject(new Error('unread'));
};

/** A run whose email arrives. */
const succeed = async (): Promise<string> => {
  const email = await ask();
  await deps.drain();
  await hear('delivery', newest(deps, email));
  await deps.drain();
  return email;
};

describe('the canary', () => {
  it('comes to be in a fresh region, at an address of its own that cannot be guessed', async () => {
    expect(await outcome()).toBeUndefined();
    const email = await succeed();
    expect(email).toMatch(/^success\+portal-canary-[0-9a-z]{26}@simulator\.amazonses\.com$/);
    expect(await succeed()).toBe(email);
    const other = await newDependencies('NZ');
    expect((await renewCanary(other)).email).not.toBe(email);
  });

  it('gets an email every quarter of an hour for more than a day, and its record does not grow', async () => {
    const email = await succeed();
    for (let runs = 1; runs < 100; runs += 1) {
      deps.pass(quarter);
      expect(await outcome()).toBe('delivered');
      await succeed();
    }
    expect(deps.mail.to(email)).toHaveLength(100);
    const { requestedEmails, links, outbox } = await deps.contacts.find(canary.contactId);
    expect([requestedEmails.length, links.length, outbox.emails.length]).toEqual([1, 1, 0]);
  });

  it('tells what became of the email before', async () => {
    await ask();
    expect(await outcome()).toBe('not_sent');

    const email = await ask();
    deps.mail.answer = 'unavailable';
    await deps.drain();
    deps.pass(quarter);
    expect(await outcome()).toBe('not_sent');

    deps.mail.answer = 'accepted';
    await ask();
    await deps.drain();
    deps.pass(quarter);
    expect(await outcome()).toBe('not_delivered');

    await ask();
    await deps.drain();
    await hear('permanent bounce', newest(deps, email));
    expect(await outcome()).toBe('not_delivered');

    await ask();
    await deps.drain();
    deps.pass(600);
    await hear('delivery', newest(deps, email));
    expect(await outcome()).toBe('late');

    await succeed();
    expect(await outcome()).toBe('delivered');
  });

  it('recovers by itself from whatever befell its record', async () => {
    const email = await succeed();
    const damaged: Contact = {
      ...(await deps.contacts.find(canary.contactId)),
      suppressed: { reason: 'bounce', at: deps.now() },
    };
    await deps.contacts.commit(damaged);
    await ask();
    await deps.drain();
    expect(deps.mail.to(email)).toHaveLength(2);
  });

  it('gets links that open nothing, and nobody signs in as it', async () => {
    const email = await succeed();
    const link = newestLink(deps, email);
    expect(link).toContain(canary.contactId);
    const chosen = { link, password: 'a quiet green kettle' };
    expect(codeOf(await resetPassword(deps, chosen))).toBe('link_not_valid');
    const typed = { email, password: 'a quiet green kettle' };
    expect(codeOf(await signIn(deps, typed))).toBe('invalid_credentials');
  });
});

describe('nobody else sees the canary', () => {
  it('in a list, whatever it is asked for', async () => {
    await invite(deps);
    await succeed();
    const staff = staffOn(deps);
    for (const [filter, value] of [
      ['status', 'accepted'],
      ['delivery', 'delivered'],
      ['delivery', 'sent'],
      ['delivery', 'queued'],
    ] as const) {
      await ask();
      const { body } = await staff('GET /staff/invitations', undefined, {
        query: { [filter]: value },
      });
      expect(JSON.stringify(body)).not.toContain('canary');
    }
  });

  it('by its id or its address, in any call of staff', async () => {
    const email = await succeed();
    const staff = staffOn(deps);
    const refused = { status: 400, body: { code: 'invalid_request' } };
    const own = `/staff/contacts/${canary.contactId}`;
    for (const call of ['GET', 'DELETE']) {
      expect(await staff(`${call} ${own}`)).toMatchObject(refused);
    }
    expect(
      await staff(`POST ${own}/invitation`, { email: 'a@example.com', name: 'A' }),
    ).toMatchObject(refused);
    await invite(deps);
    const { contactId, name } = jane;
    const contact = `/staff/contacts/${contactId}`;
    expect(await staff('POST /staff/contacts/C-2/invitation', { email, name })).toMatchObject(
      refused,
    );
    expect(await staff(`PUT ${contact}/email`, { email })).toMatchObject(refused);
    expect(await staff('POST /staff/diagnosis', { email })).toMatchObject(refused);
    const rows = [
      { contactId: 'C-3', email: email.toUpperCase(), name },
      { contactId: canary.contactId, email: 'b@example.com', name },
    ];
    const { body } = await staff('POST /staff/invitations/import', { rows });
    expect(body).toMatchObject({
      results: [
        { outcome: 'refused', code: 'invalid_request' },
        { outcome: 'refused', code: 'invalid_request' },
      ],
    });
  });

  it('as a neighbour of an address, and its requests are no evidence', async () => {
    const email = await succeed();
    const near = newCanaryAddress(() => 'x');
    const alike = email.replace(/^success/, 'succes');
    expect(await deps.claims.findSimilar(alike)).toEqual([]);
    expect(await deps.resetAttempts.similarTo(alike)).toEqual([]);
    await requestReset(deps, near);
    await requestReset(deps, alike);
    await deps.drain();
    const { triedOther, nearMisses } = await deps.contacts.find(canary.contactId);
    expect({ triedOther, nearMisses }).toEqual({ triedOther: undefined, nearMisses: [] });
    expect(await deps.resetAttempts.similarTo(near)).not.toContainEqual(
      expect.objectContaining({ email }),
    );
  });
});
