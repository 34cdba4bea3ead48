import { randomBytes } from 'node:crypto';
import type { RegionCode } from '../../shared/core/region.ts';
import { type Answer, browserAt, emailsAt, linkIn, staffAt } from '../support/portal-calls.ts';
import { found } from './poll.ts';
import type { World } from './world.ts';

type Page = 'invitation' | 'reset-password';

/** One contact of one case, staff who look after them, and their browser. */
export type Stage = ReturnType<typeof newStage>;

/** In everything of one contact, so that a call of AWS tells whom it is about. */
export const tagPattern = /ft[0-9a-f]{10}/;

export const newStage = (world: World, region: RegionCode) => {
  const tag = `ft${randomBytes(5).toString('hex')}`;
  const { run } = world.local;
  const { portal, staffTokens } = run.regions[region] ?? {
    portal: '',
    staffTokens: { readWrite: '' },
  };
  const staffCall = staffAt(portal, staffTokens.readWrite);
  const browser = browserAt(portal);
  const person = { contactId: tag, email: `${tag}@example.com`, name: 'Jane Citizen' };
  const word = () => randomBytes(6).toString('hex');
  const emails = (address = person.email) => emailsAt(run.mailbox, address);

  /** The tokens of all links of a page that arrived, newest first. */
  const tokens = async (page: Page, address = person.email): Promise<string[]> =>
    (await emails(address))
      .filter(({ text }) => text.includes(`/${page}?token=`))
      .map((email) => linkIn(email).token);

  const staff = (method: string, path = '', body?: unknown): Promise<Answer> =>
    staffCall(method, `/contacts/${tag}${path}`, body, {
      // As the CRM does: the same press of a button, however often it is tried.
      ...(method === 'POST' && { 'Idempotency-Key': `${tag}${path.replaceAll('/', '-')}` }),
    });

  const send = (method: string, path: string, body?: object) => browser.send(method, path, body);
  const post = (path: string, body: object) => send('POST', path, body);
  const passwords = {
    first: `quiet kettle ${word()}`,
    second: `nine lamps ${word()}`,
    other: `two boats ${word()}`,
    never: `open window ${word()}`,
  };
  const signIn = (password: string, email = person.email) =>
    post('/api/sessions', { email, password });
  const accept = async (password: string): Promise<Answer> =>
    post('/api/invitation-acceptances', { token: (await tokens('invitation'))[0] ?? '', password });
  const reset = async (password: string, address = person.email): Promise<Answer> => {
    const token = (await tokens('reset-password', address))[0] ?? '';
    return post('/api/password-resets', { token, password });
  };
  const askForReset = (email = person.email) => post('/api/password-reset-requests', { email });

  /** Tries until it is done, as somebody does who is told to try again. */
  const until = (what: string, act: () => Promise<Answer>): Promise<Answer> =>
    found(what, async () => {
      const answer = await act();
      return answer.status < 300 ? answer : undefined;
    });

  const invite = async (): Promise<void> => {
    const { email, name } = person;
    await until('an invitation', () => staff('POST', '/invitation', { email, name }));
    await found('the invitation email', async () => (await tokens('invitation'))[0]);
  };

  const join = async (): Promise<void> => {
    await invite();
    await until('an acceptance', () => accept(passwords.first));
  };

  return {
    ...{ tag, region, person, passwords, staff, staffCall, send, browser, emails, tokens },
    ...{ signIn, accept, reset, askForReset, until, invite, join },
  };
};
