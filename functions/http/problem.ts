import { problems } from '../../shared/api/problems.ts';
import type { Refusal, RefusalDetails } from '../../shared/core/refusal.ts';
import type { Request } from './request.ts';
import type { Response } from './response.ts';

export const retryAfterHeader = ({ code, details }: Refusal): Record<string, string> =>
  code === 'too_many_attempts' || code === 'try_again'
    ? { 'Retry-After': String(details.retryAfter ?? 5) }
    : {};

/** A refusal as an API caller reads it. */
export const problem = (refusal: Refusal, { requestId }: Pick<Request, 'requestId'>): Response => {
  const [status, title] = problems[refusal.code];
  const { errors, reasons, contactId } = refusal.details;
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...retryAfterHeader(refusal) },
    body: JSON.stringify({
      type: 'about:blank',
      title,
      status,
      code: refusal.code,
      requestId,
      ...(errors && { errors }),
      ...(reasons && { reasons }),
      ...(contactId && { contactId, detail: emailInUse(refusal.details) }),
    }),
  };
};

/** Words for staff: couples with one mailbox are normal. */
const emailInUse = ({ contactId, holder }: RefusalDetails): string => {
  if (!holder) {
    return `This address was given to contact ${contactId} a moment ago; try again in a minute.`;
  }
  const who = `${holder.name} (contact ${contactId})`;
  return holder.hasAccount
    ? `This address already opens the portal for ${who}; ask for another address, or use that login.`
    : `This address was already invited for ${who}, who has no account yet; ask for another address.`;
};
