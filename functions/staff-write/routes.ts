import { importRow } from '../../shared/api/import-schema.ts';
import { presentImported, presentWarnings } from '../../shared/api/present-import.ts';
import { presentStatus } from '../../shared/api/present-status.ts';
import type { Core } from '../../shared/core/dependencies.ts';
import { count, described, log } from '../../shared/core/log.ts';
import { isRefusal } from '../../shared/core/refusal.ts';
import { changeEmail } from '../../shared/invitation/change-email.ts';
import type { InvitationDependencies } from '../../shared/invitation/dependencies.ts';
import { erase } from '../../shared/invitation/erase.ts';
import { importInvitations, isFailed } from '../../shared/invitation/import-invitations.ts';
import { resend, revoke } from '../../shared/invitation/invitation.ts';
import { liftSuppression } from '../../shared/invitation/lift-suppression.ts';
import { sendInvitation } from '../../shared/invitation/send-invitation.ts';
import { staffChange } from '../../shared/invitation/staff-change.ts';
import { resetByStaff } from '../../shared/reset/reset-by-staff.ts';
import { parse } from '../http/request.ts';
import type { Routes } from '../http/route.ts';
import { response, staffRoute } from '../http/staff-route.ts';

/** What the routes that change contacts need. No account and no mail: those follow by the stream. */
export type Dependencies = Pick<
  InvitationDependencies,
  Core | 'contacts' | 'claims' | 'suppressions' | 'staffBudget'
>;

/** *Send Invitation*. */
const postInvitation = staffRoute(
  'POST /staff/contacts/{contactId}/invitation',
  async ({ contactId, body, call }, deps: Dependencies) => {
    const sent = await sendInvitation(deps, { contactId, ...body }, call);
    if (isRefusal(sent)) return sent;
    return response(sent.status, presentStatus(sent.contact, deps));
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
    return isRefusal(changed) ? changed : response(200, presentStatus(changed, deps));
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

/** *Send Invitation* for up to 100 contacts. */
const postImport = staffRoute(
  'POST /staff/invitations/import',
  async ({ body, call }, deps: Dependencies) => {
    const rows = body.rows.map((row) => parse(importRow, row));
    const good = rows.flatMap((row) => (isRefusal(row) ? [] : [row]));
    const imported = await importInvitations(deps, good, call.actor);
    const failures = imported.filter(isFailed);
    // Every row failed: that is one fault of ours, and not a result.
    if (failures[0] && failures.length === good.length) throw failures[0].cause;
    for (const { cause } of failures) {
      if (cause === undefined) continue;
      count('Faults');
      log({ level: 'error', event: 'import_row_failed', ...described(cause) });
    }
    const results = rows.map((row, index) => ({
      contactId: body.rows[index]?.contactId ?? '',
      ...presentImported(isRefusal(row) ? row : imported[good.indexOf(row)]),
      ...(!isRefusal(row) && presentWarnings(row.email, deps.region)),
    }));
    return response(200, { results });
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
