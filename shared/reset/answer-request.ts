import type { Claim } from '../contact/claims.ts';
import { type Contact, heldAddress, type OutgoingEmail } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { type RequestOutcome, requestEmail } from '../contact/request-email.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { contextOf, type RuleContext } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import { mostSimilar } from '../email/similarity.ts';
import type { OutboxDependencies } from '../outbox/dependencies.ts';
import { sendEmail } from '../outbox/send-email.ts';
import type { ResetDependencies } from './dependencies.ts';
import type { ResetRequest } from './reset-requests.ts';

type Needs = Pick<ResetDependencies, Core | 'contacts' | 'claims' | 'requests'> &
  OutboxDependencies;

/**
 * Decides, away from the request path, what a reset request leads to, and notes the answer. Doing
 * it again changes nothing.
 */
export const answerRequest = async (
  deps: Needs,
  { email, requestId }: Pick<ResetRequest, 'email' | 'requestId'>,
): Promise<void> => {
  const { request, claim } = await deps.requests.findWithClaim(email, requestId);
  if (!request || request.answer) return;
  const outcome = isTooOld(request, deps) ? 'unanswered' : await decide(deps, request, claim);
  await deps.requests.answer({ ...request, answer: { outcome, at: deps.now() } });
};

/** A request that nobody could answer for a day is closed; the diagnosis shows it. */
const isTooOld = (request: ResetRequest, { now, region }: Needs): boolean =>
  now() - request.at > region.limits.answerRequestsSeconds * 1000;

/** An email that it leads to is queued and begun in one write. */
const decide = async (
  deps: Needs,
  request: ResetRequest,
  claim: Claim | undefined,
): Promise<RequestOutcome> => {
  if (!claim) return recordNearMiss(deps, request);
  let outcome: RequestOutcome = 'unknown_address';
  const isTheirs = ({ cause }: OutgoingEmail) => cause === request.requestId;
  await sendEmail(deps, claim.contactId, isTheirs, (contact) => {
    const answer = answerFor(contact, request, deps);
    outcome = answer.outcome;
    return answer.next;
  });
  return outcome === 'unknown_address' ? recordNearMiss(deps, request) : outcome;
};

/** An account: a reset. Invited and no account yet: a fresh invitation, which is what is needed. */
const answerFor = (contact: Contact, { email, requestId }: ResetRequest, deps: Needs) => {
  const context = contextOf(deps);
  const { invitation } = contact;
  const isTheirs = invitation !== undefined && comparable(invitation.email) === email;
  if (!isTheirs) return { next: contact, outcome: 'unknown_address' as const };
  if (invitation.state === 'revoked') return { next: contact, outcome: 'revoked' as const };
  const kind = invitation.state === 'accepted' ? 'password_reset' : 'invitation_not_reset';
  return requestEmail(kind, contact, requestId, context, [
    { what: 'reset_requested', by: 'client' },
  ]);
};

/** At most this many of the most similar claims: some lead to contacts that gave the address up. */
const maxClaims = 3;

/** An unknown address that is much like an invited one is evidence for that contact's diagnosis. */
const recordNearMiss = async (deps: Needs, request: ResetRequest): Promise<RequestOutcome> => {
  const alike = mostSimilar(request.email, await deps.claims.findSimilar(request.email));
  for (const near of alike.slice(0, maxClaims)) {
    let isHeld = false;
    await update(deps.contacts, near.contactId, (contact) => {
      isHeld = comparable(heldAddress(contact) ?? '') === near.email;
      return isHeld ? withNearMiss(contact, request, contextOf(deps)) : contact;
    });
    if (isHeld) break;
  }
  return 'unknown_address';
};

/** Near misses noted for a contact: one in ten minutes, one of each address and 8 in a day. */
const nearMissLimits = { apart: 10 * 60 * 1000, within: 24 * 60 * 60 * 1000, most: 8 };

/** Anybody can ask for any address: a flood of requests must not fill a client's timeline. */
const withNearMiss = (
  contact: Contact,
  { email, at }: ResetRequest,
  context: RuleContext,
): Contact => {
  const { apart, within, most } = nearMissLimits;
  const recent = contact.nearMisses.filter((known) => known.at > context.now - within);
  const isNoted = recent.some((known) => known.email === email || known.at > context.now - apart);
  if (isNoted || recent.length >= most) return contact;
  const nearMisses = [...recent, { at: context.now, email }];
  return withOutbox({ ...contact, triedOther: { at, email }, nearMisses }, context, {
    entries: [{ what: 'tried_other_address', by: 'client' }],
  });
};
