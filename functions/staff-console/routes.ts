import type { Routes } from '../http/route.ts';
import { getScript, getStyle } from './assets.ts';
import { laterRoute } from './later.ts';
import { getContact, postContact } from './pages/contact-page.ts';
import { getContacts, postContacts } from './pages/contacts-page.ts';
import { getInvitations } from './pages/invitations-page.ts';
import { notFound } from './pages/not-found.ts';
import { postInvitations } from './pages/resend-selected.ts';
import { getErasure, getRevocation, postErasure, postRevocation } from './pages/sure-page.ts';
import type { Dependencies } from './session/dependencies.ts';
import { getCallback, getSignedOut, getSignIn, postSignOut } from './session/sign-in.ts';

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
  'GET /staff-console/invitations.csv': laterRoute(
    async () => (await import('./pages/invitations-csv.ts')).getInvitationsCsv,
  ),
  'GET /staff-console/import': laterRoute(
    async () => (await import('./pages/import-page.ts')).getImport,
  ),
  'POST /staff-console/import': laterRoute(
    async () => (await import('./pages/import-page.ts')).postImport,
    'form',
  ),
  'GET /staff-console/contacts/{contactId}': getContact,
  'POST /staff-console/contacts/{contactId}': postContact,
  'GET /staff-console/contacts/{contactId}/revocation': getRevocation,
  'POST /staff-console/contacts/{contactId}/revocation': postRevocation,
  'GET /staff-console/contacts/{contactId}/erasure': getErasure,
  'POST /staff-console/contacts/{contactId}/erasure': postErasure,
  'ANY /staff-console/{proxy+}': notFound,
} satisfies Routes<Dependencies>;
