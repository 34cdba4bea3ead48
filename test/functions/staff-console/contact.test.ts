import { beforeEach, expect, it } from 'vitest';
import { hear } from '../../support/client.ts';
import { consoleOn } from '../../support/console.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { staffApiOn } from '../../support/staff-api.ts';

let deps: TestDependencies;
beforeEach(async () => {
  deps = await newDependencies('AU');
});

const path = '/staff-console/contacts/c-1';
const isLookingAgain = (body: string): boolean => /data-watch="[^"]/.test(body);
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

it('looks again by itself while an email is under way, and a while after, since it may bounce yet', async () => {
  const ask = await browser();
  await ask({ press: 'send_invitation', key: 'k', email: 'a@example.com', name: 'Ann' });
  await deps.drain();
  const sent = (await ask()).body;
  expect(isLookingAgain(sent)).toBe(true);
  expect(sent).toContain('The email is under way');
  expect(sent).toContain('<noscript><p><a href="/staff-console/contacts/c-1">Look again</a>');
  deps.pass(10);
  await hear(deps, 'a@example.com', 'delivery');
  const delivered = (await ask()).body;
  expect(isLookingAgain(delivered)).toBe(true);
  expect(delivered).not.toMatch(/The email is under way|Look again/);
  deps.pass(60);
  expect(isLookingAgain((await ask()).body)).toBe(false);
});
