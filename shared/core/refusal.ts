/**
 * The expected ways in which something is not done. They are values, not exceptions: an action
 * returns one, and only `shared/api/problems.ts` knows its HTTP status.
 */
export const refusalCodes = [
  'invalid_request',
  'weak_password',
  'link_not_valid',
  'link_expired',
  'link_not_open',
  'invalid_credentials',
  'too_many_attempts',
  'not_signed_in',
  'other_account',
  'cross_site_request',
  'already_invited',
  'email_in_use',
  'never_invited',
  'revoked',
  'address_suppressed',
  'not_suppressed',
  'consent_required',
  'not_accepted',
  'idempotency_key_reused',
  'not_found',
  'method_not_allowed',
  'payload_too_large',
  'unsupported_media_type',
  'try_again',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export const isRefusalCode = (text: string): text is RefusalCode =>
  refusalCodes.some((code) => code === text);

/** Why a password was not taken; each has words in the pages' and the API's wording tables. */
export const passwordReasons = [
  'too_short',
  'too_long',
  'white_space_at_an_end',
  'control_characters',
  'common',
  'email_or_name',
  'not_accepted',
] as const;
export type PasswordReason = (typeof passwordReasons)[number];

export type InvalidField = { readonly path: string; readonly message: string };

export type RefusalDetails = {
  readonly errors?: readonly InvalidField[];
  readonly reasons?: readonly PasswordReason[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  /** The contact that already holds the address, for `email_in_use`. */
  readonly contactId?: string;
  /** Who that is, once the address is certainly theirs. */
  readonly holder?: { readonly name: string; readonly hasAccount: boolean };
};

export class Refusal<Code extends RefusalCode = RefusalCode> {
  constructor(code: Code, details: RefusalDetails = {}) {
    this.code = code;
    this.details = details;
  }
  readonly code: Code;
  readonly details: RefusalDetails;
}

export const refuse = <Code extends RefusalCode>(
  code: Code,
  details?: RefusalDetails,
): Refusal<Code> => new Refusal(code, details);

export const isRefusal = (outcome: unknown): outcome is Refusal => outcome instanceof Refusal;
