import type { StaffProblem } from '../../../shared/api/client.ts';
import type { Press } from '../../../shared/staff-console/parts/copy.ts';
import type { Notice, Typed } from '../../../shared/staff-console/parts/notice.ts';
import type { StaffApi } from '../session/signed-in.ts';

type Pressed = {
  readonly contactId: string;
  readonly typed: Typed;
  /** Of the page the button was on: pressed twice, or again after a time-out, it is one call. */
  readonly idempotencyKey: string;
};

/** Every button is one call of the staff API, which decides what is allowed. */
const calls: Readonly<Record<Press, (api: StaffApi, pressed: Pressed) => Promise<unknown>>> = {
  send_invitation: (api, { contactId, typed, idempotencyKey }) =>
    api('POST /staff/contacts/{contactId}/invitation', {
      contactId,
      idempotencyKey,
      body: { email: typed.email ?? '', name: typed.name ?? '' },
    }),
  resend_invitation: (api, { contactId, idempotencyKey }) =>
    api('POST /staff/contacts/{contactId}/invitation/resend', { contactId, idempotencyKey }),
  change_email: (api, { contactId, typed }) =>
    api('PUT /staff/contacts/{contactId}/email', {
      contactId,
      body: { email: typed.email ?? '' },
    }),
  send_password_reset: (api, { contactId, idempotencyKey }) =>
    api('POST /staff/contacts/{contactId}/password-reset', { contactId, idempotencyKey }),
  lift_suppression: (api, { contactId, typed, idempotencyKey }) =>
    api('POST /staff/contacts/{contactId}/suppression-removal', {
      contactId,
      idempotencyKey,
      body: typed.consent === undefined ? {} : { consent: true },
    }),
  revoke: (api, { contactId }) =>
    api('DELETE /staff/contacts/{contactId}/invitation', { contactId }),
  erase: (api, { contactId }) => api('DELETE /staff/contacts/{contactId}', { contactId }),
};

/** @throws StaffProblem with what the API says if it is not done */
export const press = (api: StaffApi, name: Press, pressed: Pressed): Promise<unknown> =>
  calls[name](api, pressed);

/** What the API said of a press that it refused. */
export const noticeOf = (
  { message, code, retryAfter, problem }: StaffProblem,
  press: Press,
  typed: Typed,
): Notice => {
  const { detail, errors, contactId } = problem;
  return {
    press,
    typed,
    title: message,
    code,
    retryAfter,
    ...(detail && { detail }),
    ...(errors && { errors }),
    ...(contactId && { contactId }),
  };
};
