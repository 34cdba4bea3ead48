import type { Claim } from '../contact/claims.ts';
import type { RequestOutcome } from '../contact/request-email.ts';

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
  /** The same, with the claim on its address, in one call. */
  findWithClaim(
    email: string,
    requestId: string,
  ): Promise<{ request: ResetRequest | undefined; claim: Claim | undefined }>;
  /** Notes the answer, unless the request has one or was erased. Nothing waits for it any more. */
  answer(request: ResetRequest): Promise<void>;
  /** Puts a request that is still unanswered before the outbox function again, next due at a later time. */
  requeue(request: ResetRequest, dueAt: number): Promise<void>;
  /** Erases all requests for an address. */
  erase(email: string): Promise<void>;
}
