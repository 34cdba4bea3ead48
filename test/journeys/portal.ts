import { randomUUID } from 'node:crypto';
import { expect, inject } from 'vitest';
import type { RegionCode } from '../../shared/core/region.ts';

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
};

declare module 'vitest' {
  interface ProvidedContext {
    readonly run: Run;
  }
}

type Email = {
  readonly id: string;
  readonly region: RegionCode;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
};

/** Nothing of one test meets anything of another: every client has an address of its own. */
export const someone = () => {
  const id = randomUUID();
  return { contactId: `contact-${id}`, email: `jane.${id}@example.com`, name: 'Jane Citizen' };
};

const call = async (
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) => {
  const response = await fetch(origin + path, {
    method,
    redirect: 'manual',
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: (isJson ? JSON.parse(text) : {}) as Record<string, unknown>,
  };
};

/** The staff API of a region, as the CRM calls it for Kim. */
export const staffOf = (
  region: RegionCode,
  kind: 'readWrite' | 'readOnly' = 'readWrite',
  run = inject('run'),
) => {
  const { portal, staffTokens } = run.regions[region];
  return (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    call(portal, method, `/staff${path}`, body, {
      Authorization: `Bearer ${staffTokens[kind]}`,
      'Portal-Actor': 'kim',
      ...headers,
    });
};

/** One browser's worth of cookies on a region's portal. */
export const clientOf = (region: RegionCode, run = inject('run')) => {
  const { portal } = run.regions[region];
  const jar = new Map<string, string>();
  const send = async (method: string, path: string, body?: unknown) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await call(portal, method, path, body, cookie ? { Cookie: cookie } : {});
    for (const set of answer.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0\b/i.test(set)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  return { send, cookies: jar };
};

export const emailsTo = async (address: string, { mailbox } = inject('run')): Promise<Email[]> => {
  const response = await fetch(`${mailbox}/emails?to=${encodeURIComponent(address)}`);
  return (await response.json()) as Email[];
};

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

/** The link in an email, and the token in the link. */
export const linkIn = ({ text }: Email): { url: URL; token: string } => {
  const url = new URL(/https?:\/\/\S+\?token=\S+/.exec(text)?.[0] ?? 'none:');
  return { url, token: url.searchParams.get('token') ?? '' };
};

/** Invites somebody and reads the link from the email. */
export const invite = async (region: RegionCode, person = someone(), run = inject('run')) => {
  const { contactId, email, name } = person;
  const sent = await staffOf(region, 'readWrite', run)(
    'POST',
    `/contacts/${contactId}/invitation`,
    {
      email,
      name,
    },
  );
  expect(sent.status).toBe(201);
  return { ...person, ...linkIn(await newestEmail(email, 1, run)) };
};

export const firstPassword = 'correct horse battery staple';

/**
 * Somebody with an account. On a machine so busy that a call of AWS times out, the answer is 503
 * and the sweep emails a fresh link: the client goes on with that one.
 */
export const account = async (region: RegionCode, person = someone(), run = inject('run')) => {
  const invited = await invite(region, person, run);
  const accept = async () => {
    const [newest] = await emailsTo(person.email, run);
    const token = newest ? linkIn(newest).token : '';
    const body = { token, password: firstPassword };
    const accepted = await clientOf(region, run).send('POST', '/api/invitation-acceptances', body);
    return accepted.status;
  };
  const status = await accept();
  if (status === 503) await expect.poll(accept, { timeout: 240_000, interval: 2_000 }).toBe(204);
  else expect(status).toBe(204);
  return invited;
};
