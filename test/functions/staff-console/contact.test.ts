import { beforeEach, expect, it } from 'vitest';
import { consoleOn } from '../../support/console.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { staffApiOn } from '../../support/staff-api.ts';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies('AU');
});

const path = '/staff-console/contacts/c-1';
const browser = async () => {
  const { ask, signIn } = consoleOn(deps, { api: staffApiOn(deps) });
  const cookie = await signIn();
  return (form?: Record<string, string>) => ask(path, { form, cookie });
};
const timeline = (body: string): string =>
  /<section class="card" id="events".*?<\/section>/s.exec(body)?.[0] ?? '';

it('has a timeline in words, and a sentence before anything has happened', async () => {
  const ask = await browser();
  const before = timeline((await ask()).body);
  expect(before).toContain('Nothing has happened yet.');
  expect(before).not.toContain('<ol');
  const sent = { press: 'send_invitation', key: 'k', email: 'a@example.com', name: 'Ann' };
  expect((await ask(sent)).status).toBe(303);
  await deps.drain();
  const after = timeline((await ask()).body);
  expect(after).toMatch(/<ol class="timeline"><li><time/);
  expect(after).not.toContain('Nothing has happened yet.');
});

it('says what was refused of a button that is not there any more', async () => {
  const ask = await browser();
  const { status, body } = await ask({ press: 'resend_invitation', key: 'k' });
  expect(status).toBe(404);
  expect(body).toContain('role="alert"');
  expect(body).toContain('Send Invitation');
});
