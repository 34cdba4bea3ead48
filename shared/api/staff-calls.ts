import * as z from 'zod/mini';
import type { RefusalCode } from '../core/refusal.ts';
import { importRequest, importResponse } from './import-schema.ts';
import {
  diagnosisRequest,
  diagnosisResponse,
  timelineQuery,
  timelineResponse,
  workListQuery,
  workListResponse,
} from './read-schema.ts';
import {
  emailRequest,
  invitationRequest,
  statusResponse,
  suppressionRemovalRequest,
} from './status-schema.ts';

/** One staff call: what validates it, types its route and client, and documents it. */
export type StaffCallDefinition = {
  readonly operation: string;
  /** What it does. */
  readonly summary: string;
  /** When to use it, and what follows. */
  readonly description: string;
  readonly scope: 'read' | 'write';
  readonly query?: z.ZodMiniType;
  readonly body?: z.ZodMiniType;
  /** By status; null where the answer has no body. */
  readonly answers: Readonly<Record<number, z.ZodMiniType | null>>;
  /** The refusals it can come to, besides those that every call has. */
  readonly refusals: readonly RefusalCode[];
  /** Honours `Idempotency-Key`. */
  readonly isIdempotent?: true;
};

/** Every call of the staff API, named as its route is. */
export const staffCalls = {
  'GET /staff/contacts/{contactId}': {
    operation: 'getStatus',
    summary: 'The status of a contact.',
    description:
      "Draws the CRM's tab in one call: the button to show, what became of the email, and a sentence to read out. A contact never heard of is `never_invited`.",
    scope: 'read',
    answers: { 200: statusResponse },
    refusals: [],
  },
  'POST /staff/contacts/{contactId}/invitation': {
    operation: 'sendInvitation',
    summary: 'Send Invitation.',
    description:
      'For a contact that was never invited, or was revoked. An email with a link follows. Repeating it with the same values while pending sends no second email, with another name it corrects the name; an expired invitation is resent (202).',
    scope: 'write',
    body: invitationRequest,
    answers: { 200: statusResponse, 201: statusResponse, 202: statusResponse },
    refusals: [
      'already_invited',
      'email_in_use',
      'address_suppressed',
      'too_many_attempts',
      'idempotency_key_reused',
    ],
    isIdempotent: true,
  },
  'POST /staff/contacts/{contactId}/invitation/resend': {
    operation: 'resendInvitation',
    summary: 'Resend Invitation.',
    description:
      'For a contact that is pending, expired or accepted. A fresh email with a link follows; an account is told that it exists. The wait between two is waived when the last email did not arrive.',
    scope: 'write',
    answers: { 202: statusResponse },
    refusals: [
      'never_invited',
      'revoked',
      'address_suppressed',
      'too_many_attempts',
      'idempotency_key_reused',
    ],
    isIdempotent: true,
  },
  'DELETE /staff/contacts/{contactId}/invitation': {
    operation: 'revokeInvitation',
    summary: 'Takes the access away.',
    description:
      'For a client who must not get in any more: links die, sessions end, the account is deleted. Repeating it changes nothing.',
    scope: 'write',
    answers: { 204: null },
    refusals: ['never_invited'],
  },
  'DELETE /staff/contacts/{contactId}': {
    operation: 'eraseContact',
    summary: 'Erases a contact.',
    description:
      "On the client's own request only: everything known about the contact goes, but for when and by whom it was erased. Repeating it changes nothing.",
    scope: 'write',
    answers: { 204: null },
    refusals: [],
  },
  'PUT /staff/contacts/{contactId}/email': {
    operation: 'changeEmail',
    summary: 'Corrects or changes the address.',
    description:
      'When the address was mistyped or is a new one: old links and sessions end. A pending client is invited at the new address; an account moves, and the old address is told.',
    scope: 'write',
    body: emailRequest,
    answers: { 200: statusResponse },
    refusals: ['never_invited', 'revoked', 'email_in_use', 'too_many_attempts'],
  },
  'POST /staff/contacts/{contactId}/suppression-removal': {
    operation: 'liftSuppression',
    summary: 'Lets email reach the address again.',
    description:
      "After a bounce, once the mailbox works again; after a complaint only with the client's consent. Then resend.",
    scope: 'write',
    body: suppressionRemovalRequest,
    answers: { 200: statusResponse },
    refusals: ['not_suppressed', 'consent_required', 'idempotency_key_reused'],
    isIdempotent: true,
  },
  'POST /staff/contacts/{contactId}/password-reset': {
    operation: 'resetPassword',
    summary: 'Emails a link to choose a new password.',
    description:
      'For a client with an account who cannot ask for one alone. Nobody but the client sees or sets the password.',
    scope: 'write',
    answers: { 202: statusResponse },
    refusals: ['not_accepted', 'address_suppressed', 'too_many_attempts', 'idempotency_key_reused'],
    isIdempotent: true,
  },
  'GET /staff/contacts/{contactId}/timeline': {
    operation: 'getTimeline',
    summary: 'What happened to a contact.',
    description:
      'Newest first; `next` is the `cursor` of the following page, and missing on the last one.',
    scope: 'read',
    query: timelineQuery,
    answers: { 200: timelineResponse },
    refusals: [],
  },
  'GET /staff/contacts/{contactId}/diagnosis': {
    operation: 'diagnoseContact',
    summary: 'Why a client cannot get in.',
    description:
      'For a client who rings: findings with what to do, most useful first, and the facts behind them.',
    scope: 'read',
    answers: { 200: diagnosisResponse },
    refusals: [],
  },
  'POST /staff/diagnosis': {
    operation: 'diagnoseAddress',
    summary: 'Why somebody with this address cannot get in.',
    description:
      'When all there is is an address, also a mistyped one: names the contact or the nearest invited addresses, and who asked for a reset lately. The address is in the body, so that it stays out of URLs.',
    scope: 'read',
    body: diagnosisRequest,
    answers: { 200: diagnosisResponse },
    refusals: [],
  },
  'GET /staff/invitations': {
    operation: 'listInvitations',
    summary: 'The work list.',
    description:
      'Who was invited and never accepted, or what the filters say; the earliest deadline first. A page may be shorter than `limit`, above all with both filters.',
    scope: 'read',
    query: workListQuery,
    answers: { 200: workListResponse },
    refusals: [],
  },
  'POST /staff/invitations/import': {
    operation: 'importInvitations',
    summary: 'Send Invitation for up to 100 contacts.',
    description:
      'Each row for itself: one that is refused holds up no other. Repeating it changes nothing that was done, so a batch without an answer, or with rows that `failed`, is sent again.',
    scope: 'write',
    body: importRequest,
    answers: { 200: importResponse },
    refusals: [],
  },
  'GET /staff/openapi.json': {
    operation: 'getOpenapi',
    summary: 'This document.',
    description: 'As this portal serves it: the schemas in it are those that validate every call.',
    scope: 'read',
    answers: { 200: z.record(z.string(), z.unknown()) },
    refusals: [],
  },
} as const satisfies Record<string, StaffCallDefinition>;

export type StaffCalls = typeof staffCalls;
export type StaffCallName = keyof StaffCalls;

/** What a call takes in its body or query, once read; nothing if it takes none. */
export type CallInput<Name extends StaffCallName, Part extends 'body' | 'query'> =
  StaffCalls[Name] extends Record<Part, infer Schema extends z.ZodMiniType>
    ? z.output<Schema>
    : undefined;

type Answers<Name extends StaffCallName> = StaffCalls[Name]['answers'];

/** What a call answers: one of its statuses with that status's body. */
export type CallResponse<Name extends StaffCallName> = {
  [Status in keyof Answers<Name>]: Answers<Name>[Status] extends infer Schema extends z.ZodMiniType
    ? { readonly status: Status; readonly body: z.output<Schema> }
    : { readonly status: Status };
}[keyof Answers<Name>];
