import type { staffClient } from '../../../shared/api/client.ts';

export type StaffApi = ReturnType<typeof staffClient>;

type Pressed = {
  readonly contactId: string;
  /** What was typed, by field. */
  readonly form: URLSearchParams;
  /** Of the page the button was on: pressed twice, or again after a time-out, it is one call. */
  readonly idempotencyKey: string;
};

export type Press = {
  readonly button: string;
  /** Said when the API has answered that it is done; still true a minute later. */
  readonly done: string;
  readonly call: (api: StaffApi, pressed: Pressed) => Promise<unknown>;
};

const typed = (form: URLSearchParams, field: string): string => form.get(field) ?? '';

/** Every button of the tab is one call of the staff API, which decides what is allowed. */
export const presses = {
  send_invitation: {
    button: 'Send Invitation',
    done: 'Invited: the email follows.',
    call: (api, { contactId, form, idempotencyKey }) =>
      api('POST /staff/contacts/{contactId}/invitation', {
        contactId,
        idempotencyKey,
        body: { email: typed(form, 'email'), name: typed(form, 'name') },
      }),
  },
  resend_invitation: {
    button: 'Resend Invitation',
    done: 'Asked for: a fresh email follows.',
    call: (api, { contactId, idempotencyKey }) =>
      api('POST /staff/contacts/{contactId}/invitation/resend', { contactId, idempotencyKey }),
  },
  change_email: {
    button: 'Correct the email address',
    done: 'The email address was corrected.',
    call: (api, { contactId, form }) =>
      api('PUT /staff/contacts/{contactId}/email', {
        contactId,
        body: { email: typed(form, 'email') },
      }),
  },
  send_password_reset: {
    button: 'Send a password reset',
    done: 'Asked for: an email with a link follows.',
    call: (api, { contactId, idempotencyKey }) =>
      api('POST /staff/contacts/{contactId}/password-reset', { contactId, idempotencyKey }),
  },
  lift_suppression: {
    button: 'Lift the suppression',
    done: 'The suppression was lifted.',
    call: (api, { contactId, form, idempotencyKey }) =>
      api('POST /staff/contacts/{contactId}/suppression-removal', {
        contactId,
        idempotencyKey,
        body: form.has('consent') ? { consent: true } : {},
      }),
  },
  revoke: {
    button: 'Revoke the invitation',
    done: 'The invitation was revoked.',
    call: (api, { contactId }) =>
      api('DELETE /staff/contacts/{contactId}/invitation', { contactId }),
  },
  erase: {
    button: 'Erase the contact',
    done: 'The contact was erased.',
    call: (api, { contactId }) => api('DELETE /staff/contacts/{contactId}', { contactId }),
  },
} as const satisfies Record<string, Press>;

export type PressName = keyof typeof presses;

export const isPress = (name: string): name is PressName => Object.hasOwn(presses, name);
