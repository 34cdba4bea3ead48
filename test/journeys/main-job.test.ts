import { describe, expect, inject, test } from 'vitest';
import { regionCodes } from '../../shared/core/region.ts';
import { linkIn } from '../support/portal-calls.ts';
import {
  clientOf,
  emailsTo,
  firstPassword,
  invite,
  newestEmail,
  someone,
  staffOf,
} from './portal.ts';

const secondPassword = 'a new one, and quite long';

describe.each(regionCodes)('the main job in %s', (region) => {
  test('from invitation to reset, as staff and the client see it', {
    timeout: 120_000,
  }, async () => {
    const staff = staffOf(region);
    const browser = clientOf(region);
    const { portal } = inject('run').regions[region];
    const { contactId, email, name } = someone();
    const contact = `/contacts/${contactId}`;

    expect((await staff('GET', contact)).body).toMatchObject({
      status: 'never_invited',
      action: 'send_invitation',
    });

    const sent = await staff('POST', `${contact}/invitation`, { email, name });
    expect(sent.status).toBe(201);
    expect(sent.body).toMatchObject({
      status: 'pending',
      action: 'resend_invitation',
      email,
      name,
    });
    expect(sent.body['invitedBy']).toMatch(/kim$/);

    const invitation = await newestEmail(email);
    const first = linkIn(invitation);
    expect(invitation.region).toBe(region);
    expect(first.url.origin).toBe(portal);
    await expect
      .poll(async () => (await staff('GET', contact)).body['delivery'], { timeout: 120_000 })
      .toMatchObject({ state: 'delivered' });

    // An invited client without an account who asks for a reset gets what helps: an invitation.
    const asked = await browser.send('POST', '/api/password-reset-requests', { email });
    expect(asked.status).toBe(202);
    expect(linkIn(await newestEmail(email, 2)).url.pathname).toBe('/invitation');

    expect((await staff('POST', `${contact}/invitation/resend`)).status).toBe(202);
    const fresh = linkIn(await newestEmail(email, 3));
    expect(fresh.token).not.toBe(first.token);

    const lookup = await browser.send('POST', '/api/invitation-lookups', { token: fresh.token });
    expect(lookup.body).toMatchObject({ name, email });

    const weak = await browser.send('POST', '/api/invitation-acceptances', {
      token: fresh.token,
      password: 'short',
    });
    expect(weak).toMatchObject({
      status: 400,
      body: { code: 'weak_password', reasons: ['too_short'] },
    });

    const accepted = await browser.send('POST', '/api/invitation-acceptances', {
      token: fresh.token,
      password: firstPassword,
    });
    expect(accepted.status).toBe(204);
    expect((await staff('GET', contact)).body).toMatchObject({ status: 'accepted' });

    // The first link died with the acceptance, though it was never opened.
    const again = await browser.send('POST', '/api/invitation-acceptances', {
      token: first.token,
      password: secondPassword,
    });
    expect(again).toMatchObject({ status: 410, body: { code: 'link_not_valid' } });

    const signIn = (password: string) => browser.send('POST', '/api/sessions', { email, password });
    expect(await signIn('something else entirely')).toMatchObject({
      status: 401,
      body: { code: 'invalid_credentials' },
    });
    expect((await signIn(firstPassword)).status).toBe(204);
    expect((await browser.send('GET', '/api/session')).body).toMatchObject({ name, email });
    expect((await staff('GET', contact)).body['lastSignInAt']).toBeTypeOf('string');

    expect((await browser.send('DELETE', '/api/session')).status).toBe(204);
    expect(await browser.send('GET', '/api/session')).toMatchObject({
      status: 401,
      body: { code: 'not_signed_in' },
    });

    expect((await signIn(firstPassword)).status).toBe(204);
    await browser.send('POST', '/api/password-reset-requests', { email: email.toUpperCase() });
    const reset = linkIn(await newestEmail(email, 4));
    expect(reset.url.pathname).toBe('/reset-password');
    const changed = await browser.send('POST', '/api/password-resets', {
      token: reset.token,
      password: secondPassword,
    });
    expect(changed.status).toBe(204);
    expect((await newestEmail(email, 5)).subject).toMatch(/password/i);

    expect((await browser.send('GET', '/api/session')).status).toBe(401);
    const twice = await browser.send('POST', '/api/password-resets', {
      token: reset.token,
      password: firstPassword,
    });
    expect(twice).toMatchObject({ status: 410, body: { code: 'link_not_valid' } });
    expect((await signIn(firstPassword)).status).toBe(401);
    expect((await signIn(secondPassword)).status).toBe(204);
  });

  test('an unknown, a revoked and an active address get the same bytes', async () => {
    const { contactId, email, name } = await invite(region);
    const revoked = someone();
    await invite(region, revoked);
    await staffOf(region)('DELETE', `/contacts/${revoked.contactId}/invitation`);
    const ask = async (address: string) => {
      const { status, text, headers } = await clientOf(region).send(
        'POST',
        '/api/password-reset-requests',
        { email: address },
      );
      const kept = [...headers].filter(
        ([header]) => !['date', 'x-amzn-requestid'].includes(header),
      );
      return { status, text, kept };
    };
    const unknown = await ask(someone().email);
    expect(unknown).toMatchObject({ status: 202, text: '{}' });
    expect(await ask(revoked.email)).toEqual(unknown);
    expect(await ask(email)).toEqual(unknown);
    expect(name).not.toBe(contactId);
  });
});

describe('isolation: nothing of one region is worth anything in another', () => {
  test('a link, a session, a token and a contact', { timeout: 120_000 }, async () => {
    const invited = await invite('AU');
    const browser = clientOf('AU');
    const password = firstPassword;

    for (const other of ['NZ', 'US'] as const) {
      const stranger = clientOf(other);
      const { token } = invited;
      for (const path of ['/api/invitation-acceptances', '/api/password-resets']) {
        const used = await stranger.send('POST', path, { token, password });
        expect(used).toMatchObject({ status: 410, body: { code: 'link_not_valid' } });
      }
      const status = await staffOf(other)('GET', `/contacts/${invited.contactId}`);
      expect(status.body).toMatchObject({ status: 'never_invited' });
    }

    const { token } = invited;
    await browser.send('POST', '/api/invitation-acceptances', { token, password });
    await browser.send('POST', '/api/sessions', { email: invited.email, password });
    expect((await browser.send('GET', '/api/session')).status).toBe(200);

    const run = inject('run');
    for (const other of ['NZ', 'US'] as const) {
      const stranger = clientOf(other);
      for (const [cookie, value] of browser.cookies) {
        stranger.cookies.set(cookie, value);
        stranger.cookies.set(cookie.replace('-au', `-${other.toLowerCase()}`), value);
      }
      expect((await stranger.send('GET', '/api/session')).status).toBe(401);
      const signIn = await stranger.send('POST', '/api/sessions', {
        email: invited.email,
        password,
      });
      expect(signIn.status).toBe(401);

      const foreign = await fetch(`${run.regions[other].portal}/staff/contacts/someone`, {
        headers: { Authorization: `Bearer ${run.regions.AU.staffTokens.readWrite}` },
      });
      expect(foreign.status).toBe(401);

      await stranger.send('POST', '/api/password-reset-requests', { email: invited.email });
    }
    // Only Auckland's and Oregon's requests were made: no email may follow from them.
    await clientOf('AU').send('POST', '/api/password-reset-requests', { email: invited.email });
    await newestEmail(invited.email, 2);
    expect((await emailsTo(invited.email)).every((email) => email.region === 'AU')).toBe(true);
  });
});
