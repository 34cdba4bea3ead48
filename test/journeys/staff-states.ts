import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Local, startLocal } from '../../infra/local/local.ts';
import { asPromised } from './contract.ts';
import {
  account,
  emailsTo,
  invite,
  newestEmail,
  type Run,
  type someone,
  staffOf,
} from './portal.ts';

/** Before two resends are allowed, and longer than a busy machine needs to send an invitation. */
const linkSeconds = 120;

/** Invitations of New Zealand expire soon; those of Australia as they always do. */
const overrides = {
  regions: { NZ: { limits: { invitationLinkSeconds: linkSeconds, reminderSeconds: [] } } },
};

let local: Local;
export let run: Run;
const folder = mkdtempSync(join(tmpdir(), 'portal-'));
beforeAll(async () => {
  const config = join(folder, 'overrides.json');
  writeFileSync(config, JSON.stringify(overrides));
  local = await startLocal({ port: 0, regions: ['AU', 'NZ'], folder, config });
  run = local.run as Run;
});
afterAll(async () => {
  await local?.stop();
  rmSync(folder, { recursive: true, force: true });
});

export type Person = ReturnType<typeof someone>;
type Region = 'AU' | 'NZ';

export const staff = async (
  region: Region,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) =>
  asPromised(
    method,
    `/staff${path}`,
    await staffOf(region, 'readWrite', run)(method, path, body, headers),
  );

/** Waits until the status says so. */
export const until = (region: Region, { contactId }: Person, expected: object) =>
  expect
    .poll(async () => (await staff(region, 'GET', `/contacts/${contactId}`)).body, {
      timeout: 120_000,
      interval: 500,
    })
    .toMatchObject(expected);

/** Lets the invitations of New Zealand that were delivered expire. */
export const expire = async (...people: readonly Person[]): Promise<void> => {
  local.moveClock(linkSeconds * 1_000);
  for (const person of people) await until('NZ', person, { status: 'expired' });
};

export const delivered = { delivery: { state: 'delivered' } };
const pending = async (person: Person) => {
  await invite('AU', person, run);
  await until('AU', person, delivered);
};
const accepted = async (person: Person) => {
  await account('AU', person, run);
  await until('AU', person, { status: 'accepted', ...delivered });
};

export const states = {
  'never invited': async () => {},
  pending,
  'pending, resent': async (person) => {
    await pending(person);
    await staff('AU', 'POST', `/contacts/${person.contactId}/invitation/resend`);
    await newestEmail(person.email, 2, run);
    await until('AU', person, delivered);
  },
  'pending, bounced': async (person) => {
    person.email = person.email.replace('example.com', 'nowhere.invalid');
    await staff('AU', 'POST', `/contacts/${person.contactId}/invitation`, wish(person));
    await until('AU', person, { delivery: { state: 'bounced' } });
  },
  /** Once they `expire`. */
  expired: async (person) => {
    await invite('NZ', person, run);
    await until('NZ', person, delivered);
  },
  accepted,
  'accepted, complained': async (person) => {
    await accepted(person);
    const [email] = await emailsTo(person.email, run);
    await fetch(`${run.mailbox}/emails/${email?.id}/complaint`, { method: 'POST' });
    await until('AU', person, { delivery: { state: 'complained' } });
  },
  revoked: async (person) => {
    await accepted(person);
    await staff('AU', 'DELETE', `/contacts/${person.contactId}/invitation`);
  },
  erased: async (person) => {
    await accepted(person);
    await staff('AU', 'DELETE', `/contacts/${person.contactId}`);
  },
} satisfies Record<string, (person: Person) => Promise<void>>;
export type State = keyof typeof states;

export const wish = ({ email, name }: Person) => ({ email, name });

export const calls = {
  status: ['GET', ''],
  send: ['POST', '/invitation', wish],
  resend: ['POST', '/invitation/resend'],
  revoke: ['DELETE', '/invitation'],
  email: ['PUT', '/email', ({ email }: Person) => ({ email: `new.${email}` })],
  lift: ['POST', '/suppression-removal', () => ({})],
  reset: ['POST', '/password-reset'],
  timeline: ['GET', '/timeline'],
  diagnosis: ['GET', '/diagnosis'],
  erase: ['DELETE', ''],
} satisfies Record<string, readonly [string, string, ((person: Person) => object)?]>;
export type Call = keyof typeof calls;
export const callNames = Object.keys(calls) as Call[];
