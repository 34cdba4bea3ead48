import type { Routes } from '../http/route.ts';
import { getScript, getStyle } from './assets.ts';
import { getContact, postContact } from './contact-page.ts';
import { getContacts, postContacts } from './contacts-page.ts';
import type { Dependencies } from './dependencies.ts';
import { getImport, postImport } from './import-page.ts';
import { getInvitations, getInvitationsCsv } from './invitations-page.ts';
import { postInvitations } from './resend-selected.ts';
import { getCallback, getSignedOut, getSignIn, postSignOut } from './sign-in.ts';
import { getErasure, getRevocation, postErasure, postRevocation } from './sure-page.ts';

export const routes = {
  'GET /staff-console': getContacts,
  'POST /staff-console': postContacts,
  'GET /staff-console/sign-in': getSignIn,
  'GET /staff-console/sign-in/callback': getCallback,
  'POST /staff-console/sign-out': postSignOut,
  'GET /staff-console/signed-out': getSignedOut,
  'GET /staff-console/style.css': getStyle,
  'GET /staff-console/script.js': getScript,
  'GET /staff-console/invitations': getInvitations,
  'POST /staff-console/invitations': postInvitations,
  'GET /staff-console/invitations.csv': getInvitationsCsv,
  'GET /staff-console/import': getImport,
  'POST /staff-console/import': postImport,
  'GET /staff-console/contacts/{contactId}': getContact,
  'POST /staff-console/contacts/{contactId}': postContact,
  'GET /staff-console/contacts/{contactId}/revocation': getRevocation,
  'POST /staff-console/contacts/{contactId}/revocation': postRevocation,
  'GET /staff-console/contacts/{contactId}/erasure': getErasure,
  'POST /staff-console/contacts/{contactId}/erasure': postErasure,
} satisfies Routes<Dependencies>;
