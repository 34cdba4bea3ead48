import { beforeEach, describe, expect, it } from 'vitest';
import { staffOn } from '../../support/calling.ts';
import { clientOn, hear } from '../../support/client.ts';
import { newDependencies, type TestDependencies } from '../../support/dependencies.ts';
import { jane, passwords } from '../../support/people.ts';

let deps: TestDependencies;
let staff: ReturnType<typeof staffOn>;
beforeEach(async () => {
  deps = await newDependencies();
  staff = staffOn(deps);
});

const { email, name } = jane;
const contact = '/staff/contacts/C-1';
const status = async () => (await staff(`GET ${contact}`)).body;
const send = async (address: string) => {
  const { body } = await staff(`POST ${contact}/invitation`, { email: address, name });
  await deps.drain();
  return body;
};
const accept = async (address: string) =>
  expect(await clientOn(deps).accepts(address, passwords[0] ?? '')).toBe(204);

describe('warnings', () => {
  const mistyped = [{ code: 'domain_looks_mistyped', suggestion: 'jane@gmail.com' }];

  it('stay until the client has come in by the address', async () => {
    expect(await send('jane@gmial.com')).toMatchObject({ warnings: mistyped });
    expect(await status()).toMatchObject({ warnings: mistyped });
    await accept('jane@gmial.com');
    expect(await status()).not.toHaveProperty('warnings');
  });

  it('go when the address is corrected, and come with one that is not', async () => {
    await send('jane@gmial.com');
    await staff(`PUT ${contact}/email`, { email: 'jane@gmail.com' });
    expect(await status()).not.toHaveProperty('warnings');
    await deps.drain();
    await accept('jane@gmail.com');
    deps.pass(60);
    const { body } = await staff(`PUT ${contact}/email`, { email: 'jane@gmial.com' });
    expect(body).toMatchObject({ status: 'accepted', warnings: mistyped });
    expect(await status()).toMatchObject({ warnings: mistyped });
  });
});

describe('actionBlocked', () => {
  const press = () => staff(`POST ${contact}/invitation/resend`);

  it('is not there while the button works, nor for an invitation to send', async () => {
    expect(await status()).not.toHaveProperty('actionBlocked');
    expect(await send(email)).not.toHaveProperty('actionBlocked');
    expect((await press()).status).toBe(202);
    await staff(`DELETE ${contact}/invitation`);
    expect(await status()).not.toHaveProperty('actionBlocked');
  });

  it('tells the refusal and until when, also in the answer that begins it', async () => {
    await send(email);
    const until = new Date(deps.now() + 300_000).toISOString();
    const actionBlocked = { code: 'too_many_attempts', until };
    expect((await press()).body).toMatchObject({ actionBlocked, resendAllowedAt: until });
    expect(await status()).toMatchObject({ actionBlocked });
    deps.pass(100.25);
    const refused = await press();
    expect([refused.status, refused.headers['Retry-After']]).toEqual([429, '200']);
    expect(await status()).toMatchObject({ actionBlocked });
    deps.pass(199.75);
    expect(await status()).not.toHaveProperty('actionBlocked');
    expect((await press()).status).toBe(202);
  });

  it('tells that nothing would arrive, until the suppression is lifted', async () => {
    await send(email);
    await hear(deps, email, 'permanent bounce');
    expect(await status()).toMatchObject({ actionBlocked: { code: 'address_suppressed' } });
    expect((await press()).status).toBe(409);
    await staff(`POST ${contact}/suppression-removal`, {});
    expect(await status()).not.toHaveProperty('actionBlocked');
    expect((await press()).status).toBe(202);
  });
});
