import { randomUUID } from 'node:crypto';
import { expect, inject } from 'vitest';
import type { RegionCode } from '../../shared/core/region.ts';
import { browserAt, type Email, emailsAt, linkIn, staffAt } from '../support/portal-calls.ts';

/** What a local run tells about itself (`run.json`), given by the setup of these tests. */
export type Run = {
  readonly regions: Readonly<
    Record<
      RegionCode,
      {
        readonly portal: string;
        readonly staffTokens: { readonly readWrite: string; readonly readOnly: string };
      }
    >
  >;
  readonly mailbox: string;
  readonly issuer: string;
  readonly staffPage: string;
  readonly webhookReceiver: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    readonly run: Run;
  }
}

/** Nothing of one test meets anything of another: every client has an address of its own. */
export const someone = () => {
  const id = randomUUID();
  return { contactId: `contact-${id}`, email: `jane.${id}@example.com`, name: 'Jane Citizen' };
};

/** The staff API of a region, as the CRM calls it for Kim. */
export const staffOf = (
  region: RegionCode,
  kind: 'readWrite' | 'readOnly' = 'readWrite',
  run = inject('run'),
) => {
  const { portal, staffTokens } = run.regions[region];
  return staffAt(portal, staffTokens[kind]);
};

/** One browser's worth of cookies on a region's portal. */
export const clientOf = (region: RegionCode, run = inject('run')) =>
  browserAt(run.regions[region].portal);

export const emailsTo = (address: string, { mailbox } = inject('run')): Promise<Email[]> =>
  emailsAt(mailbox, address);

/** Waits until so many emails arrived at an address, and gives the newest. */
export const newestEmail = async (
  address: string,
  count = 1,
  run = inject('run'),
): Promise<Email> => {
  await expect
    .poll(async () => (await emailsTo(address, run)).length, { timeout: 120_000, interval: 50 })
    .toBe(count);
  const [newest] = await emailsTo(address, run);
  if (!newest) throw new Error('No email arrived.');
  return newest;
};

/** Waits for what succeeds, while a machine so busy that a call of AWS times out has it answer 503. */
const patiently = async (work: () => Promise<number>, status: number): Promise<void> => {
  const first = await work();
  if (first === 503) await expect.poll(work, { timeout: 240_000, interval: 2_000 }).toBe(status);
  else expect(first).toBe(status);
};

/** Invites somebody and reads the link from the email. */
export const invite = async (region: RegionCode, person = someone(), run = inject('run')) => {
  const { contactId, email, name } = person;
  const staff = staffOf(region, 'readWrite', run);
  const send = async () => {
    const pressedOnce = { 'Idempotency-Key': contactId };
    const path = `/contacts/${contactId}/invitation`;
    return (await staff('POST', path, { email, name }, pressedOnce)).status;
  };
  await patiently(send, 201);
  return { ...person, ...linkIn(await newestEmail(email, 1, run)) };
};

export const firstPassword = 'correct horse battery staple';

/** Somebody with an account. After a 503 the sweep emails a fresh link: the client goes on with that one. */
export const account = async (region: RegionCode, person = someone(), run = inject('run')) => {
  const invited = await invite(region, person, run);
  const accept = async () => {
    const [newest] = await emailsTo(person.email, run);
    const token = newest ? linkIn(newest).token : '';
    const body = { token, password: firstPassword };
    const accepted = await clientOf(region, run).send('POST', '/api/invitation-acceptances', body);
    return accepted.status;
  };
  await patiently(accept, 204);
  return invited;
};
