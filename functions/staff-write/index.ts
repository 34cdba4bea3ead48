import { claimsIn } from '../../shared/aws/claims.ts';
import { contactsIn } from '../../shared/aws/contacts.ts';
import { suppressionsIn } from '../../shared/aws/suppressions.ts';
import { openTable } from '../../shared/aws/table/dynamodb.ts';
import { readEnvironment } from '../../shared/core/environment.ts';
import { serve } from '../http/serve.ts';
import { clockAndIds } from '../middleware/clock-and-ids.ts';
import { putEmail } from './change-email.ts';
import { deleteContact } from './erase-contact.ts';
import { postImport } from './import-invitations.ts';
import { postSuppressionRemoval } from './lift-suppression.ts';
import { postResend } from './resend-invitation.ts';
import { postPasswordReset } from './reset-password.ts';
import { deleteInvitation } from './revoke-invitation.ts';
import { postInvitation } from './send-invitation.ts';
import type { StaffWriteWorld } from './world.ts';

export const routes = {
  'DELETE /staff/contacts/{contactId}': deleteContact,
  'POST /staff/contacts/{contactId}/invitation': postInvitation,
  'POST /staff/contacts/{contactId}/invitation/resend': postResend,
  'DELETE /staff/contacts/{contactId}/invitation': deleteInvitation,
  'PUT /staff/contacts/{contactId}/email': putEmail,
  'POST /staff/contacts/{contactId}/suppression-removal': postSuppressionRemoval,
  'POST /staff/contacts/{contactId}/password-reset': postPasswordReset,
  'POST /staff/invitations/import': postImport,
};

const open = (): StaffWriteWorld => {
  const env = readEnvironment(['PORTAL_REGION', 'TABLE_NAME', 'EMAIL_REGION']);
  const table = openTable(env.TABLE_NAME);
  return {
    ...clockAndIds,
    region: env.PORTAL_REGION,
    contacts: contactsIn(table, env.PORTAL_REGION.limits),
    claims: claimsIn(table),
    suppressions: suppressionsIn(env.EMAIL_REGION),
  };
};

export const handler = serve(routes, open);
