import { randomBytes, randomUUID } from 'node:crypto';

/** Somebody whom a stranger asks about. */
export type Person = { readonly email: string; readonly contactId: string };

/** One request of a stranger; what differs from person to person is what the stranger guesses. */
export type Question = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly json?: object;
  readonly form?: Readonly<Record<string, string>>;
  readonly cookies?: Readonly<Record<string, string>>;
};

const password = 'not the right password';

/** A token that nobody was given, of a contact. */
const guess = ({ contactId }: Person): string =>
  `${contactId}.${randomBytes(32).toString('base64url')}`;

type Asked = {
  readonly ask: (person: Person) => Question;
  /** A wrong password is tried. */
  readonly isSignIn?: true;
  /** How often it is asked before, about one client and one nobody, until both have to wait. */
  readonly failuresBefore?: number;
};

/** Every answer that a stranger gets about an address or an id. */
export const questions: Readonly<Record<string, Asked>> = {
  'wrong password, page': {
    isSignIn: true,
    ask: ({ email }) => ({ method: 'POST', path: '/login', form: { email, password } }),
  },
  'wrong password, API': {
    isSignIn: true,
    ask: ({ email }) => ({ method: 'POST', path: '/api/sessions', json: { email, password } }),
  },
  "wrong password, with a guess at the client's own browser": {
    isSignIn: true,
    ask: (person) => ({
      method: 'POST',
      path: '/login',
      form: { email: person.email, password },
      cookies: { 'portal-au-device': guess(person) },
    }),
  },
  'a password after too many wrong ones': {
    failuresBefore: 5,
    ask: ({ email }) => ({ method: 'POST', path: '/login', form: { email, password } }),
  },
  'reset request, page': {
    ask: ({ email }) => ({ method: 'POST', path: '/forgot-password', form: { email } }),
  },
  'send it again': {
    ask: ({ email }) => ({
      method: 'POST',
      path: '/forgot-password',
      form: { email, again: 'yes' },
    }),
  },
  'reset request, API': {
    ask: ({ email }) => ({ method: 'POST', path: '/api/password-reset-requests', json: { email } }),
  },
  'address carried to Login': {
    ask: ({ email }) => ({ method: 'GET', path: '/login', cookies: { 'portal-au-email': email } }),
  },
  'address carried to the sent page': {
    ask: ({ email }) => ({
      method: 'GET',
      path: '/forgot-password/sent',
      cookies: { 'portal-au-email': email },
    }),
  },
  'link guessed, reset': {
    ask: (person) => ({
      method: 'POST',
      path: '/api/password-resets',
      json: { token: guess(person), password: `${randomUUID()} ${password}` },
    }),
  },
  'link guessed, invitation': {
    ask: (person) => ({
      method: 'POST',
      path: '/api/invitation-lookups',
      json: { token: guess(person) },
    }),
  },
  'link guessed, acceptance': {
    ask: (person) => ({
      method: 'POST',
      path: '/api/invitation-acceptances',
      json: { token: guess(person), password: `${randomUUID()} ${password}` },
    }),
  },
  'link guessed, renewal': {
    ask: (person) => ({
      method: 'POST',
      path: '/api/invitation-renewals',
      json: { token: guess(person) },
    }),
  },
  'session guessed': {
    ask: (person) => ({
      method: 'GET',
      path: '/api/session',
      cookies: { 'portal-au': guess(person) },
    }),
  },
  'session guessed, change of the password': {
    ask: (person) => ({
      method: 'POST',
      path: '/api/password-changes',
      json: { currentPassword: password, password: `${randomUUID()} ${password}` },
      cookies: { 'portal-au': guess(person) },
    }),
  },
};
