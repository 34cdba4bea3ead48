import { expect, vi } from 'vitest';
import type { Local } from '../../../infra/local/local.ts';
import { signInToConsole } from '../../support/console-sign-in.ts';

type Sent = { readonly status: number; readonly text: string };
type Email = { readonly subject: string; readonly text: string };

const long = { timeout: 120_000, interval: 50 };
const firstPassword = 'correct horse battery staple';
const secondPassword = 'a new one, and quite long';

/** Drives one region of a local run as its clients and its staff do. */
export class Walk {
  private readonly local: Local;
  private readonly portal: string;
  private readonly token: string;
  private cookie = '';
  private sent = 0;

  constructor(local: Local, region: 'NZ') {
    this.local = local;
    this.portal = local.run.regions[region]?.portal ?? '';
    this.token = local.run.regions[region]?.staffTokens.readWrite ?? '';
  }

  private async call(method: string, path: string, body?: unknown, headers = {}): Promise<Sent> {
    const response = await fetch(this.portal + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';')[0] ?? '';
    return { status: response.status, text: await response.text() };
  }

  /** A call of the client's browser, which must be answered so. */
  async client(status: number, method: string, path: string, body?: unknown): Promise<void> {
    const answer = await this.call(method, path, body, this.cookie ? { Cookie: this.cookie } : {});
    expect(answer, `${method} ${path}`).toMatchObject({ status });
  }

  /** A call of the CRM, which must be answered so. */
  async staff(status: number, method: string, path: string, body?: unknown): Promise<string> {
    const answer = await this.call(method, `/staff${path}`, body, {
      Authorization: `Bearer ${this.token}`,
      'Portal-Actor': 'kim',
    });
    expect(answer, `${method} ${path}`).toMatchObject({ status });
    return answer.text;
  }

  private async emails(address: string): Promise<Email[]> {
    const url = `${this.local.run.mailbox}/emails?to=${encodeURIComponent(address)}`;
    return (await (await fetch(url)).json()) as Email[];
  }

  /** The token in the newest of so many emails. */
  async tokenOf(address: string, count: number): Promise<string> {
    const [newest] = await vi.waitFor(async () => {
      const emails = await this.emails(address);
      expect(emails).toHaveLength(count);
      return emails;
    }, long);
    return /\?token=(\S+)/.exec(newest?.text ?? '')?.[1] ?? '';
  }

  /** Waits until staff see an email's delivery so. */
  async delivery(contactId: string, state: string): Promise<void> {
    await vi.waitFor(async () => {
      const status = await this.staff(200, 'GET', `/contacts/${contactId}`);
      expect(JSON.parse(status)).toMatchObject({ delivery: { state } });
    }, long);
  }

  /** What the CRM asks to draw its tab. */
  async look(contactId: string): Promise<void> {
    await this.staff(200, 'GET', `/contacts/${contactId}`);
  }

  /** What a member of staff does in the staff console. */
  async console(contactId: string): Promise<void> {
    const Cookie = await signInToConsole(this.portal);
    for (const path of ['', `/contacts/${contactId}`]) {
      const page = await this.call('GET', `/staff-console${path}`, undefined, { Cookie });
      expect(page, path).toMatchObject({ status: 200 });
    }
    const left = await fetch(`${this.portal}/staff-console/sign-out`, {
      method: 'POST',
      headers: { Cookie, Origin: this.portal },
    });
    expect(left.status).toBe(200);
  }

  someone() {
    this.sent += 1;
    const contactId = `walker-${this.sent}`;
    return { contactId, email: `walker.${this.sent}@example.com`, name: 'Jane Walker' };
  }

  /** An invitation that arrives. */
  async invitation({ contactId, email, name }: ReturnType<Walk['someone']>): Promise<void> {
    await this.staff(201, 'POST', `/contacts/${contactId}/invitation`, { email, name });
    await this.tokenOf(email, 1);
  }

  async acceptance(email: string): Promise<void> {
    const token = await this.tokenOf(email, 1);
    await this.client(200, 'POST', '/api/invitation-lookups', { token });
    await this.client(204, 'POST', '/api/invitation-acceptances', {
      token,
      password: firstPassword,
    });
  }

  async signIn(email: string, password = firstPassword): Promise<void> {
    await this.client(204, 'POST', '/api/sessions', { email, password });
    await this.client(200, 'GET', '/api/session');
  }

  /** A reset from the request to the email that says that the password was changed. */
  async reset(email: string, arrived: number): Promise<void> {
    await this.client(202, 'POST', '/api/password-reset-requests', { email });
    const token = await this.tokenOf(email, arrived + 1);
    await this.client(204, 'POST', '/api/password-resets', { token, password: secondPassword });
    await this.tokenOf(email, arrived + 2);
  }

  /** Everything else that the roles must allow, in one go. */
  async everythingElse(): Promise<void> {
    await this.local.invoke('NZ', 'canary', {});
    await this.stumble();
    await this.lookAround();
    await this.bounce();
    await this.leave();
  }

  /** Wrong passwords, a reset while pending, a password changed at the account page. */
  private async stumble(): Promise<void> {
    const jane = this.someone();
    await this.invitation(jane);
    await this.client(202, 'POST', '/api/password-reset-requests', { email: jane.email });
    await this.tokenOf(jane.email, 2);
    const token = await this.tokenOf(jane.email, 2);
    const choice = { token, password: firstPassword };
    await this.client(204, 'POST', '/api/invitation-acceptances', choice);
    // As a client does who did not get the answer.
    await this.client(204, 'POST', '/api/invitation-acceptances', choice);
    const wrong = { email: jane.email, password: 'not the right one' };
    await this.client(401, 'POST', '/api/sessions', wrong);
    await this.signIn(jane.email);
    await this.client(204, 'POST', '/api/password-changes', {
      currentPassword: firstPassword,
      password: secondPassword,
    });
    await this.client(204, 'DELETE', '/api/session');
    await this.client(401, 'POST', '/api/sessions', wrong);
    await this.reset(jane.email, 3);
  }

  /** A mistyped address asks for a reset; then what staff ask, in all its forms. */
  private async lookAround(): Promise<void> {
    const mistyped = { email: 'walkre.1@example.com' };
    await this.client(202, 'POST', '/api/password-reset-requests', mistyped);
    const { contactId, email, name } = this.someone();
    await this.staff(200, 'POST', '/invitations/import', { rows: [{ contactId, email, name }] });
    await this.delivery(contactId, 'delivered');
    await this.staff(200, 'GET', `/contacts/${contactId}/timeline`);
    await this.staff(200, 'GET', `/contacts/${contactId}/diagnosis`);
    await this.staff(200, 'POST', '/diagnosis', mistyped);
    await this.staff(200, 'GET', '/invitations?status=pending');
    await this.staff(200, 'GET', '/invitations?delivery=delivered');
  }

  /** An address that does not exist, corrected by lifting its suppression. */
  private async bounce(): Promise<void> {
    const { contactId, name } = this.someone();
    const email = 'walker@nowhere.invalid';
    await this.staff(201, 'POST', `/contacts/${contactId}/invitation`, { email, name });
    await this.delivery(contactId, 'bounced');
    await this.staff(200, 'GET', `/contacts/${contactId}/diagnosis`);
    await this.staff(200, 'POST', `/contacts/${contactId}/suppression-removal`, {});
  }

  /** An address moves, an account goes, a contact is forgotten; the sweep reminds another. */
  private async leave(): Promise<void> {
    const jane = this.someone();
    await this.invitation(jane);
    await this.acceptance(jane.email);
    await this.staff(200, 'GET', `/contacts/${jane.contactId}/diagnosis`);
    await this.staff(200, 'PUT', `/contacts/${jane.contactId}/email`, {
      email: `new.${jane.email}`,
    });
    await this.requestReset(`new.${jane.email}`);
    await this.staff(204, 'DELETE', `/contacts/${jane.contactId}/invitation`);
    await this.staff(204, 'DELETE', `/contacts/${jane.contactId}`);
    const john = this.someone();
    await this.invitation(john);
    await vi.waitFor(async () => {
      await this.sweep();
      expect(await this.emails(john.email)).toHaveLength(2);
    }, long);
  }

  /** The CRM's webhook takes nothing until something is seen. */
  async receiverDown(isSeen: () => boolean): Promise<void> {
    const { webhookReceiver } = this.local.run;
    const turn = (down: boolean) =>
      fetch(`${webhookReceiver}/down`, {
        method: 'POST',
        body: new URLSearchParams({ down: String(down) }),
        redirect: 'manual',
      });
    await turn(true);
    await this.invitation(this.someone());
    await vi.waitFor(() => expect(isSeen()).toBe(true), long);
    await turn(false);
  }

  /** A request that nothing waits for. */
  requestReset(email: string): Promise<void> {
    return this.client(202, 'POST', '/api/password-reset-requests', { email });
  }

  /** What the schedule does every minute. */
  async sweep(): Promise<void> {
    await this.local.invoke('NZ', 'sweep', {});
  }
}
