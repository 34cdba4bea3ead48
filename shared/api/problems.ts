import type { RefusalCode } from '../core/refusal.ts';

/** The whole mapping of refusals to HTTP: status and title (RFC 9457). */
export const problems = {
  invalid_request: [400, 'The request is not valid.'],
  weak_password: [400, 'This password cannot be used.'],
  link_not_valid: [410, 'This link is not valid any more.'],
  link_expired: [410, 'This link has expired.'],
  link_not_open: [410, 'The link of this form is not open in this browser any more.'],
  invalid_credentials: [401, 'The email address or the password is wrong.'],
  too_many_attempts: [429, 'Too many attempts. Please wait before the next one.'],
  not_signed_in: [401, 'Nobody is signed in.'],
  other_account: [409, 'Somebody else is signed in now.'],
  cross_site_request: [403, 'This request came from another site.'],
  already_invited: [
    409,
    'This contact is invited already. Use the email call to change the address.',
  ],
  email_in_use: [409, 'This address belongs to another contact.'],
  never_invited: [404, 'This contact was never invited.'],
  revoked: [409, 'The invitation of this contact was revoked. Send a new one.'],
  address_suppressed: [
    409,
    'Email to this address bounced or was reported as spam. Correct the address or lift the suppression.',
  ],
  not_suppressed: [409, 'This address is not on the suppression list.'],
  consent_required: [409, "After a complaint the client's consent is needed."],
  not_accepted: [409, 'This contact has no account yet.'],
  idempotency_key_reused: [422, 'This Idempotency-Key was used with another body.'],
  not_found: [404, 'There is nothing here.'],
  method_not_allowed: [405, 'This address does not take this method.'],
  payload_too_large: [413, 'The request is too large.'],
  unsupported_media_type: [415, 'The body must be JSON.'],
  try_again: [503, 'This did not work just now. Please try again.'],
} as const satisfies Record<RefusalCode, readonly [number, string]>;

export const statusOfRefusal = (code: RefusalCode): number => problems[code][0];
