import { presentStatus, presentStatusWithWarnings } from '../../shared/api/present-status.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { changeEmail } from '../../shared/invitation/change-email.ts';
import { erase } from '../../shared/invitation/erase.ts';
import { resend, revoke } from '../../shared/invitation/invitation.ts';
import { liftSuppression } from '../../shared/invitation/lift-suppression.ts';
import { sendInvitation } from '../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../shared/invitation/staff-change.ts';
import { resetByStaff } from '../../shared/reset/reset-by-staff.ts';
import type { Routes } from '../http/route.ts';
import { response, staffRoute } from '../http/staff-route.ts';
import type { Dependencies } from './dependencies.ts';
import { postImport } from './import-invitations.ts';

/** *Send Invitation*. */
const postInvitation = staffRoute(
  'POST /staff/contacts/{contactId}/invitation',
  async ({ contactId, body, call }, deps: Dependencies) => {
    const sent = await sendInvitation(deps, { contactId, ...body }, call);
    if (isRefusal(sent)) return sent;
    const status = presentStatusWithWarnings(sent.contact, body.email, deps);
    return response(sent.isNew ? 201 : 200, status);
  },
);

/** *Resend Invitation*. */
const postResend = staffRoute(
  'POST /staff/contacts/{contactId}/invitation/resend',
  async ({ contactId, call }, deps: Dependencies) => {
    const resent = await staffChange(deps, contactId, call, { status: 202, rule: resend });
    return isRefusal(resent) ? resent : response(202, presentStatus(resent, deps));
  },
);

/** Takes the access away. */
const deleteInvitation = staffRoute(
  'DELETE /staff/contacts/{contactId}/invitation',
  async ({ contactId, call }, deps: Dependencies) => {
    const revoked = await staffChange(deps, contactId, call, { status: 204, rule: revoke });
    return isRefusal(revoked) ? revoked : response(204);
  },
);

/** Erasure on the client's request. */
const deleteContact = staffRoute(
  'DELETE /staff/contacts/{contactId}',
  async ({ contactId, call }, deps: Dependencies) => {
    const erased = await staffChange(deps, contactId, call, { status: 204, rule: erase });
    return isRefusal(erased) ? erased : response(204);
  },
);

/** Corrects or changes the address. */
const putEmail = staffRoute(
  'PUT /staff/contacts/{contactId}/email',
  async ({ contactId, body: { email }, call }, deps: Dependencies) => {
    const changed = await changeEmail(deps, { contactId, email }, call.actor);
    return isRefusal(changed)
      ? changed
      : response(200, presentStatusWithWarnings(changed, email, deps));
  },
);

/** Lets email reach the address again. */
const postSuppressionRemoval = staffRoute(
  'POST /staff/contacts/{contactId}/suppression-removal',
  async ({ contactId, body, call }, deps: Dependencies) => {
    const hasConsent = body.consent === true;
    const lifted = await liftSuppression(deps, { contactId, hasConsent }, call);
    return isRefusal(lifted) ? lifted : response(200, presentStatus(lifted, deps));
  },
);

/** Emails a reset link on the request of staff. */
const postPasswordReset = staffRoute(
  'POST /staff/contacts/{contactId}/password-reset',
  async ({ contactId, call }, deps: Dependencies) => {
    const requested = await staffChange(deps, contactId, call, {
      status: 202,
      rule: resetByStaff,
    });
    return isRefusal(requested) ? requested : response(202, presentStatus(requested, deps));
  },
);

export const routes = {
  'DELETE /staff/contacts/{contactId}': deleteContact,
  'POST /staff/contacts/{contactId}/invitation': postInvitation,
  'POST /staff/contacts/{contactId}/invitation/resend': postResend,
  'DELETE /staff/contacts/{contactId}/invitation': deleteInvitation,
  'PUT /staff/contacts/{contactId}/email': putEmail,
  'POST /staff/contacts/{contactId}/suppression-removal': postSuppressionRemoval,
  'POST /staff/contacts/{contactId}/password-reset': postPasswordReset,
  'POST /staff/invitations/import': postImport,
} satisfies Routes<Dependencies>;
