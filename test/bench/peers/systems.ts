import type { CookieJar } from './cookie-jar.ts';

/** One account in the hands of its client. */
export type Client = {
  readonly email: string;
  password: string;
  readonly jar: CookieJar;
};
/** The steps that are compared; each is the requests that do the work, without pages read before. */
export type System = {
  readonly name: string;
  /** What it does less or more, for the reader of the table. */
  readonly differs: string;
  /** Makes the account, unless it is there. */
  readonly prepare?: (client: Client) => Promise<void>;
  /** What a browser asks for first, which is not measured. */
  readonly beforeReset?: (client: Client) => Promise<void>;
  readonly beforeSignIn?: (client: Client) => Promise<void>;
  readonly requestReset: (client: Client) => Promise<void>;
  readonly completeReset: (client: Client, secret: string, password: string) => Promise<void>;
  readonly signIn: (client: Client) => Promise<void>;
  readonly checkSession: (client: Client) => Promise<void>;
};

export type Send = (
  jar: CookieJar,
  method: 'GET' | 'POST',
  path: string,
  body?: object | URLSearchParams,
) => Promise<{ readonly status: number; readonly location: string; readonly text: string }>;

const expected = (what: string, isSo: boolean, answer: object): void => {
  if (!isSo) throw new Error(`${what}: ${JSON.stringify(answer).slice(0, 300)}`);
};

export const ours = (send: Send): System => ({
  name: 'this product',
  differs:
    'the email follows from the table’s stream, and survives a mail service that is down; Cognito, an emulator in another process, hashes; a session is a read that revocation reaches at once',
  requestReset: async ({ email, jar }) => {
    const answer = await send(jar, 'POST', '/api/password-reset-requests', { email });
    expected('requests a reset', answer.status === 202, answer);
  },
  completeReset: async ({ jar }, secret, password) => {
    const answer = await send(jar, 'POST', '/api/password-resets', { token: secret, password });
    expected('completes it', answer.status === 204, answer);
  },
  signIn: async ({ email, password, jar }) => {
    const answer = await send(jar, 'POST', '/api/sessions', { email, password });
    expected('signs in', answer.status === 204, answer);
  },
  checkSession: async ({ jar }) => {
    const answer = await send(jar, 'GET', '/api/session');
    expected('is signed in', answer.status === 200, answer);
  },
});

const form = (fields: Record<string, string>) => new URLSearchParams(fields);

export const openauth = (send: Send, codeOf: (email: string) => string): System => {
  const authorize = async ({ jar }: Client) => {
    const redirect = 'redirect_uri=http%3A%2F%2Flocalhost%2Fcallback';
    await send(
      jar,
      'GET',
      `/authorize?client_id=bench&${redirect}&response_type=code&provider=password`,
    );
  };
  return {
    name: 'OpenAuth',
    differs:
      'mails inline and loses the email when that fails; keeps a reset in a cookie of its browser, so that no storage knows of it; a session is a token that nobody can end before its time; hashes itself (scrypt)',
    prepare: async (client) => {
      const { email, password, jar } = client;
      await authorize(client);
      await send(jar, 'GET', '/password/register');
      const fields = { action: 'register', email, password, repeat: password };
      await send(jar, 'POST', '/password/register', form(fields));
      const verify = { action: 'verify', code: codeOf(email) };
      const answer = await send(jar, 'POST', '/password/register', form(verify));
      expected('registers', answer.status === 302, answer);
    },
    beforeReset: async ({ jar }) => {
      await send(jar, 'GET', '/password/change');
    },
    requestReset: async ({ email, jar }) => {
      const answer = await send(jar, 'POST', '/password/change', form({ action: 'code', email }));
      expected('requests a reset', answer.status === 200, answer);
    },
    completeReset: async ({ jar }, secret, password) => {
      await send(jar, 'POST', '/password/change', form({ action: 'verify', code: secret }));
      const fields = { action: 'update', password, repeat: password };
      const answer = await send(jar, 'POST', '/password/change', form(fields));
      expected('completes it', answer.status === 302, answer);
    },
    beforeSignIn: authorize,
    signIn: async ({ email, password, jar }) => {
      const { location } = await send(
        jar,
        'POST',
        '/password/authorize',
        form({ email, password }),
      );
      const code = new URL(location).searchParams.get('code') ?? '';
      const fields = { grant_type: 'authorization_code', code, client_id: 'bench' };
      const redirect = { redirect_uri: 'http://localhost/callback' };
      const answer = await send(jar, 'POST', '/token', form({ ...fields, ...redirect }));
      expected('signs in', answer.status === 200, answer);
      const { access_token: token } = JSON.parse(answer.text) as { access_token: string };
      jar.send('authorization', token);
    },
    checkSession: async ({ jar }) => {
      const answer = await send(jar, 'GET', '/check');
      expected('is signed in', answer.status === 200, answer);
    },
  };
};

export const betterAuth = (send: Send): System => {
  const post = async (what: string, jar: CookieJar, path: string, body: object) => {
    const answer = await send(jar, 'POST', `/api/auth/${path}`, body);
    expected(what, answer.status === 200, answer);
  };
  return {
    name: 'Better Auth',
    differs:
      'its storage is SQLite in its own memory, so that no call leaves the process; mails inline; known and unknown addresses take different times; hashes itself (scrypt)',
    prepare: async ({ email, password, jar }) => {
      jar.send('origin', 'http://localhost:1'); // It asks for one wherever there is a cookie.
      await post('registers', jar, 'sign-up/email', { email, password, name: 'Jane Citizen' });
    },
    requestReset: ({ email, jar }) =>
      post('requests a reset', jar, 'request-password-reset', { email }),
    completeReset: ({ jar }, secret, password) =>
      post('completes it', jar, 'reset-password', { token: secret, newPassword: password }),
    signIn: ({ email, password, jar }) =>
      post('signs in', jar, 'sign-in/email', { email, password }),
    checkSession: async ({ jar }) => {
      const answer = await send(jar, 'GET', '/api/auth/get-session');
      expected('is signed in', answer.status === 200 && answer.text.includes('user'), answer);
    },
  };
};
