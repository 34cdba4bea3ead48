import * as z from 'zod/mini';
import type { RefusalCode } from '../core/refusal.ts';
import { regionCodes } from '../core/region.ts';
import {
  linkRequest,
  passwordChangeRequest,
  passwordRequest,
  resetRequest,
  signInRequest,
} from './public-schema.ts';

/** ISO 8601, in UTC. */
const time = z.iso.datetime();

/** Nothing, whatever is known. */
const emptyResponse = z.strictObject({});
export const invitationResponse = z.object({
  name: z.string(),
  email: z.string(),
  expiresAt: time,
});
export const sessionResponse = z.object({
  contactId: z.string(),
  name: z.string(),
  email: z.string(),
  signedInAt: time,
  expiresAt: time,
});
export const healthResponse = z.object({ region: z.enum(regionCodes), version: z.string() });

/** One call of the public API: its route validates by the same schemas. */
export type PublicCallDefinition = {
  readonly operation: string;
  /** What it does. */
  readonly summary: string;
  /** When to use it, and what follows. */
  readonly description: string;
  readonly body?: z.ZodMiniType;
  /** By status; null where the answer has no body. */
  readonly answers: Readonly<Record<number, z.ZodMiniType | null>>;
  /** The refusals it can come to, besides those that every call has. */
  readonly refusals: readonly RefusalCode[];
  /** Who is signed in is known by the session's cookie. */
  readonly needsSession?: true;
};

/** Every call of the public API, named as its route is. */
export const publicCalls = {
  'POST /api/password-reset-requests': {
    operation: 'requestPasswordReset',
    summary: 'Forgot Password?',
    description:
      'The same answer for every well-formed address, whatever is known of it. An account is sent a link to choose a new password, an invited client a fresh invitation, anybody else nothing.',
    body: resetRequest,
    answers: { 202: emptyResponse },
    refusals: [],
  },
  'POST /api/password-resets': {
    operation: 'resetPassword',
    summary: 'Chooses a new password by an emailed link.',
    description: 'Uses the link up. Every session and every other link ends.',
    body: passwordRequest,
    answers: { 204: null },
    refusals: ['weak_password', 'link_not_valid'],
  },
  'POST /api/invitation-lookups': {
    operation: 'lookUpInvitation',
    summary: 'Who is invited by a link.',
    description: 'To greet the client before a password is chosen. Uses nothing up.',
    body: linkRequest,
    answers: { 200: invitationResponse },
    refusals: ['link_not_valid', 'link_expired'],
  },
  'POST /api/invitation-acceptances': {
    operation: 'acceptInvitation',
    summary: 'Makes the account, with a password.',
    description: 'Uses the link up. The client then signs in.',
    body: passwordRequest,
    answers: { 204: null },
    refusals: ['weak_password', 'link_not_valid', 'link_expired'],
  },
  'POST /api/invitation-renewals': {
    operation: 'renewInvitation',
    summary: 'Asks for a fresh link in place of an expired one.',
    description:
      'A genuine but expired link has a fresh one sent to the same address. The answer is the same whatever the link is.',
    body: linkRequest,
    answers: { 202: emptyResponse },
    refusals: [],
  },
  'POST /api/sessions': {
    operation: 'signIn',
    summary: 'Login.',
    description:
      "Sets the session's cookie. After five failures in a row an address has to wait, whether it has an account or not.",
    body: signInRequest,
    answers: { 204: null },
    refusals: ['invalid_credentials', 'too_many_attempts'],
  },
  'DELETE /api/sessions': {
    operation: 'signOutEverywhere',
    summary: 'Ends every session of the client.',
    description: 'On every device, this one included.',
    answers: { 204: null },
    refusals: ['not_signed_in'],
    needsSession: true,
  },
  'GET /api/session': {
    operation: 'getSession',
    summary: 'Who is signed in.',
    description: 'And until when at the latest. Asking keeps an idle session open.',
    answers: { 200: sessionResponse },
    refusals: ['not_signed_in'],
    needsSession: true,
  },
  'DELETE /api/session': {
    operation: 'signOut',
    summary: 'Log out.',
    description: 'Ends the session on the server and clears its cookie. Repeating it is harmless.',
    answers: { 204: null },
    refusals: [],
    needsSession: true,
  },
  'POST /api/password-changes': {
    operation: 'changePassword',
    summary: 'Changes the password of who is signed in.',
    description: 'Every other session and all links end; this session goes on with a new cookie.',
    body: passwordChangeRequest,
    answers: { 204: null },
    refusals: ['weak_password', 'invalid_credentials', 'not_signed_in', 'too_many_attempts'],
    needsSession: true,
  },
  'GET /api/health': {
    operation: 'getHealth',
    summary: 'Whether the portal answers.',
    description: 'Its region and the version that is deployed; nothing behind it is asked.',
    answers: { 200: healthResponse },
    refusals: [],
  },
} as const satisfies Record<string, PublicCallDefinition>;

export type PublicCallName = keyof typeof publicCalls;
