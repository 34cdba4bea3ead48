import { type Contact, heldAddress } from '../contact/contact.ts';
import { update } from '../contact/contacts.ts';
import { type RequestOutcome, requestEmail } from '../contact/request-email.ts';
import { withOutbox } from '../contact/with-outbox.ts';
import type { Core } from '../core/dependencies.ts';
import { isRefusal } from '../core/refusal.ts';
import { contextOf } from '../core/rule-context.ts';
import { comparable } from '../email/address.ts';
import { mostSimilar } from '../email/similarity.ts';
import type { ResetDependencies } from './dependencies.ts';
import type { ResetRequest } from './reset-requests.ts';

type Needs = Pick<ResetDependencies, Core | 'contacts' | 'claims' | 'requests'>;

/**
 * Decides, away from the request path, what a reset request leads to, and notes the answer. Doing
 * it again changes nothing.
 */
export const answerRequest = async (
  deps: Needs,
  { email, requestId }: Pick<ResetRequest, 'email' | 'requestId'>,
): Promise<void> => {
  const request = await deps.requests.find(email, requestId);
  if (!request || request.answer) return;
  const outcome = isTooOld(request, deps) ? 'unanswered' : await decide(deps, request);
  await deps.requests.answer({ ...request, answer: { outcome, at: deps.now() } });
};

/** A request that nobody could answer for a day is closed; the diagnosis shows it. */
const isTooOld = (request: ResetRequest, { now, region }: Needs): boolean =>
  now() - request.at > region.limits.answerRequestsSeconds * 1000;

const decide = async (deps: Needs, request: ResetRequest): Promise<RequestOutcome> => {
  const claim = await deps.claims.find(request.email);
  if (!claim) return recordNearMiss(deps, request);
  let outcome: RequestOutcome = 'unknown_address';
  const updated = await update(deps.contacts, claim.contactId, (contact) => {
    const answer = answerFor(contact, request, deps);
    outcome = answer.outcome;
    return answer.next;
  });
  // Others kept being faster: the stream delivers this request again.
  if (isRefusal(updated)) throw new Error('A reset request could not be answered yet.');
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
  const asked = requestEmail(kind, contact, requestId, context);
  if (asked.next === contact || asked.outcome === 'limit_reached') return asked;
  const entries = [{ what: 'reset_requested' as const, by: 'client' }];
  return { ...asked, next: withOutbox(asked.next, context, { entries }) };
};

/** So many of the nearest claims are looked at: some lead to contacts that gave the address up. */
const nearest = 3;

/** An unknown address that is much like an invited one is evidence for that contact's diagnosis. */
const recordNearMiss = async (deps: Needs, request: ResetRequest): Promise<RequestOutcome> => {
  const alike = mostSimilar(request.email, await deps.claims.findSimilar(request.email));
  for (const near of alike.slice(0, nearest)) {
    let isHeld = false;
    await update(deps.contacts, near.contactId, (contact) => {
      isHeld = comparable(heldAddress(contact) ?? '') === near.email;
      if (!isHeld || contact.triedOther?.at === request.at) return contact;
      const triedOther = { at: request.at, email: request.email };
      return withOutbox({ ...contact, triedOther }, contextOf(deps), {
        entries: [{ what: 'tried_other_address', by: 'client' }],
      });
    });
    if (isHeld) break;
  }
  return 'unknown_address';
};
