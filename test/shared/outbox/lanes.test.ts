import type { DynamoDBRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { recordBatch } from '../../../functions/middleware/record-batch.ts';
import { dispatchRecord } from '../../../functions/outbox/index.ts';
import { type Lane, laneAt } from '../../../shared/contact/pending-work.ts';
import { importInvitations } from '../../../shared/invitation/import-invitations.ts';
import { resend, revoke } from '../../../shared/invitation/invitation.ts';
import { sendInvitation } from '../../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../../shared/invitation/staff-change.ts';
import { requestReset } from '../../../shared/reset/request-reset.ts';
import { hear } from '../../support/client.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { ann, done, invite, jane, join, type Person } from '../../support/people.ts';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies();
});

const rows: Person[] = Array.from({ length: 30 }, (_, index) => ({
  contactId: `row-${index}`,
  email: `client.${index}@example.com`,
  name: 'Jan',
}));

const laneOf = ({ dynamodb }: DynamoDBRecord): Lane =>
  dynamodb?.NewImage?.['pending']?.N === '2' ? 'background' : 'urgent';

/** Consumes one lane of the stream, and what that writes to it. */
const drain = async (lane: Lane) => {
  const handle = recordBatch(dispatchRecord(deps));
  for (;;) {
    const index = deps.stream.findIndex((record) => laneOf(record) === lane);
    if (index === -1) return;
    await handle({ Records: deps.stream.splice(index, 1) });
  }
};
const kindsTo = (address: string) => deps.mail.to(address).map(({ kind }) => kind);

describe('behind an import of which nothing was sent yet', () => {
  beforeEach(async () => {
    await join(deps);
    await importInvitations(deps, rows, 'crm');
  });

  it('a reset and a single invitation go at once', async () => {
    await requestReset(deps, 'jane@example.com');
    const joe = { contactId: 'C-2', email: 'joe@example.com', name: 'Joe' };
    done(await sendInvitation(deps, joe, ann));
    await drain('urgent');
    expect(kindsTo(jane.email)).toEqual(['invitation', 'password_reset']);
    expect(kindsTo(joe.email)).toEqual(['invitation']);
    expect(kindsTo('client.0@example.com')).toEqual([]);
    await drain('background');
    for (const { email } of rows) expect(kindsTo(email)).toEqual(['invitation']);
  });

  it('so does one of the import that staff resend, or whose client asks for it', async () => {
    done(await staffChange(deps, 'row-1', ann, { status: 202, rule: resend }));
    await requestReset(deps, 'client.2@example.com');
    await drain('urgent');
    expect(deps.mail.emails.slice(1).map(({ to }) => to)).toEqual([
      'client.1@example.com',
      'client.2@example.com',
    ]);
    await deps.live(600);
    for (const { email } of rows) expect(kindsTo(email)).toHaveLength(1);
  });

  it('nothing of it ever stands in the way of a reset: neither its emails nor their reports', async () => {
    const isUrgent = (record: DynamoDBRecord) => laneOf(record) === 'urgent';
    expect(deps.stream.filter(isUrgent)).toEqual([]);
    while (deps.stream.length > 0) {
      await recordBatch(dispatchRecord(deps))({ Records: deps.stream.splice(0, 1) });
      expect(deps.stream.filter(isUrgent)).toEqual([]);
    }
    const drained = { ...deps, drain: () => Promise.resolve() };
    for (const { email } of rows) {
      await hear(drained, email, 'send');
      await hear(drained, email, 'delivery');
    }
    expect(deps.stream.filter(isUrgent)).toEqual([]);
    const { delivery } = await deps.contacts.find('row-1');
    expect(delivery?.state).toBe('delivered');
  });

  it('the sweep does not double what the stream has yet to do', async () => {
    deps.pass(600);
    const waiting = deps.stream.length;
    await deps.sweep();
    expect(deps.stream).toHaveLength(waiting);
  });
});

it('reminders go behind everything else', async () => {
  await invite(deps);
  deps.pass(3 * 24 * 3600);
  await deps.sweep();
  expect(deps.stream.map(laneOf)).toEqual(['background']);
});

describe('an account that cannot be removed', () => {
  beforeEach(async () => {
    await join(deps);
    Object.assign(deps.accounts, { remove: () => Promise.reject(new Error('down')) });
    done(await staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke }));
  });

  it('is tried ever more seldom, counted each time, and fails no record', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await deps.live(3600);
    const lines = written.mock.calls.map(([line]) => String(line));
    written.mockRestore();
    const rung = lines.filter((line) => line.includes('"RecordFailures":1')).length;
    const { outbox } = await deps.contacts.find(jane.contactId);
    expect(outbox.removals).toMatchObject([{ tries: rung }]);
    expect(rung).toBeGreaterThan(5);
    expect(rung).toBeLessThan(10);
  });

  it('brings no record before the stream until it is due again', async () => {
    await deps.drain();
    const contact = await deps.contacts.find(jane.contactId);
    expect(laneAt(contact, deps.now())).toBeUndefined();
    expect(deps.stream).toEqual([]);
  });
});

it('addresses given up that are not free yet cost no reads', async () => {
  deps = await newDependencies('AU', undefined, { resends: [{ count: 100, seconds: 60 }] });
  await invite(deps);
  for (let count = 0; count < 5; count += 1) {
    done(await staffChange(deps, jane.contactId, ann, { status: 204, rule: revoke }));
    done(await sendInvitation(deps, { ...jane, email: `jane.${count}@example.com` }, ann));
    await deps.drain();
  }
  const { outbox } = await deps.contacts.find(jane.contactId);
  expect(outbox.releases).toHaveLength(4);
  const calls: string[] = [];
  deps.trouble.before = ({ name }) => calls.push(name);
  done(await sendInvitation(deps, { ...jane, email: 'jane.4@example.com', name: 'J' }, ann));
  await deps.drain();
  expect(calls).toEqual([
    ...['BatchGetItem', 'PutItem'],
    ...['GetItem', 'BatchWriteItem', 'PutItem'],
  ]);
  deps.trouble.before = undefined;
  await deps.live(300);
  expect((await deps.contacts.find(jane.contactId)).outbox.releases).toEqual([]);
});

it('more than a page of what cannot be read stands in no sweeps way', async () => {
  await importInvitations(deps, rows, 'crm');
  const many = Array.from({ length: 110 }, (_, index) => ({
    contactId: `bad-${index}`,
    email: `bad.${index}@example.com`,
    name: 'Jan',
  }));
  await importInvitations(deps, many, 'crm');
  for (const { contactId } of many) {
    const bad = await deps.contacts.find(contactId);
    await deps.contacts.commit({ ...bad, changedAt: 1, links: [{}] } as unknown as typeof bad);
  }
  deps.stream.length = 0;
  deps.pass(2 * 3600);
  const { failures } = await deps.sweep();
  expect(failures).toHaveLength(110);
  await deps.drain();
  for (const { email } of rows) expect(kindsTo(email)).toEqual(['invitation']);
});
