import type { RefusalCode } from '../../core/refusal.ts';
import { problems } from '../problems.ts';

/** What API Gateway answers itself, in the form of every other refusal. */
const gatewayProblems = {
  not_authenticated: [401, 'A bearer token is needed.'],
  not_allowed: [403, 'This token does not allow this call.'],
} as const;
export type ProblemCode = RefusalCode | keyof typeof gatewayProblems;

const allProblems = { ...problems, ...gatewayProblems };

export const statusOfProblem = (code: ProblemCode): number => allProblems[code][0];

/** When a call comes to each, and what to do about it. */
export const whenRefused: Readonly<Record<ProblemCode, string>> = {
  invalid_request:
    'A field is missing, of the wrong form or not known; `errors` names every one of them.',
  weak_password: 'The password breaks a rule; `reasons` names every one. The link is not used up.',
  link_not_valid: 'The link was used, is not known, or is of another kind or region.',
  link_not_open: 'The link of this form is not open in this browser any more.',
  link_expired: 'The link is genuine and was good for too long ago: ask for a renewal.',
  invalid_credentials: 'The address has no account, or the password is not its own.',
  too_many_attempts: 'Too often or too soon; `Retry-After` says for how many seconds to wait.',
  other_account: 'Somebody else has signed in since the form was drawn.',
  not_signed_in: 'There is no session, or it has ended.',
  cross_site_request: 'A browser sent it from a page of another site.',
  already_invited:
    'An account exists, or the invitation is pending at another address: change the address instead.',
  email_in_use: 'Another contact holds the address; `contactId` names it.',
  never_invited: 'The contact has no invitation that this could be done to.',
  revoked: 'The invitation was revoked: send a new one.',
  address_suppressed:
    'An email to the address bounced or was reported as spam: correct the address or lift the suppression.',
  not_suppressed: 'The address takes email: there is nothing to lift.',
  consent_required: 'After a complaint only with `consent`, which the client gave.',
  not_accepted: 'The contact has no account yet: resend the invitation.',
  idempotency_key_reused:
    'The `Idempotency-Key` was used within 24 hours for something else: make a new one for every press.',
  not_found: 'Nothing has this path.',
  method_not_allowed: 'The path does not take this method.',
  payload_too_large: 'The body is over 16 KiB (an import: over 1 MiB).',
  unsupported_media_type: 'The body is not `application/json`.',
  try_again: 'Something did not answer in time; `Retry-After` says when to send the same again.',
  not_authenticated: 'There is no token, or it has expired, or it is of another issuer or region.',
  not_allowed: 'The token lacks the scope that the call needs.',
};

const details: Readonly<Partial<Record<ProblemCode, object>>> = {
  invalid_request: { errors: [{ path: 'email', message: 'must be a string and is required' }] },
  weak_password: { reasons: ['too_short'] },
  email_in_use: {
    contactId: 'C-1002',
    detail:
      'This address already opens the portal for contact C-1002; ask for another address, or use that login.',
  },
};

/** A refusal as it is answered. */
export const refusalExample = (code: ProblemCode) => {
  const [status, title] = allProblems[code];
  const requestId = '3f6c1d0e-8a2b-4c57-9e41-5d7f0b6a2c19';
  return { type: 'about:blank', title, status, code, requestId, ...details[code] };
};
