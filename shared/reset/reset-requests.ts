/** Why a request led to no email, or to which one. */
export const requestOutcomes = [
  'reset_sent',
  'invitation_sent',
  'already_on_its_way',
  'limit_reached',
  'address_suppressed',
  'unknown_address',
  'revoked',
  'unanswered',
] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** Somebody typed an address and pressed *Reset Password*. Times are milliseconds since 1970. */
export type ResetRequest = {
  readonly requestId: string;
  /** As it is compared, not as it was typed. */
  readonly email: string;
  readonly at: number;
  readonly answer?: { readonly outcome: RequestOutcome; readonly at: number };
};

export interface ResetRequests {
  /** Keeps a request: one unconditional write. */
  add(request: ResetRequest): Promise<void>;
  find(email: string, requestId: string): Promise<ResetRequest | undefined>;
  /** Notes the answer, unless the request has one or was erased. Nothing waits for it any more. */
  answer(request: ResetRequest): Promise<void>;
  /** Puts a request that is still unanswered before the effects function again, next due at a later time. */
  nudge(request: ResetRequest, dueAt: number): Promise<void>;
  /** Contacts whose invited address starts or ends alike, at most 100 each way. */
  near(email: string): Promise<{ readonly contactId: string; readonly email: string }[]>;
  /** Erases all requests for an address. */
  erase(email: string): Promise<void>;
}
