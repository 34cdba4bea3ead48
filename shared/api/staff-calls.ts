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
  readonly summary: string;
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
    summary: 'What the CRM shows of a contact. One never heard of is `never_invited`.',
    scope: 'read',
    answers: { 200: statusResponse },
    refusals: [],
  },
  'POST /staff/contacts/{contactId}/invitation': {
    operation: 'sendInvitation',
    summary: 'Send Invitation. Repeating it with the same values sends no second email.',
    scope: 'write',
    body: invitationRequest,
    answers: { 200: statusResponse, 201: statusResponse },
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
    summary: 'Resend Invitation. An active account is told that it exists.',
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
    summary: 'Takes the access away: links die, sessions end, the account is deleted.',
    scope: 'write',
    answers: { 204: null },
    refusals: ['never_invited'],
  },
  'DELETE /staff/contacts/{contactId}': {
    operation: 'eraseContact',
    summary: "Erases a contact on the client's request. Repeatable.",
    scope: 'write',
    answers: { 204: null },
    refusals: [],
  },
  'PUT /staff/contacts/{contactId}/email': {
    operation: 'changeEmail',
    summary: 'Corrects or changes the address; old links and sessions end.',
    scope: 'write',
    body: emailRequest,
    answers: { 200: statusResponse },
    refusals: ['never_invited', 'revoked', 'email_in_use', 'too_many_attempts'],
  },
  'POST /staff/contacts/{contactId}/suppression-removal': {
    operation: 'liftSuppression',
    summary:
      "Lets email reach the address again; after a complaint only with the client's consent.",
    scope: 'write',
    body: suppressionRemovalRequest,
    answers: { 200: statusResponse },
    refusals: ['not_suppressed', 'consent_required', 'idempotency_key_reused'],
    isIdempotent: true,
  },
  'POST /staff/contacts/{contactId}/password-reset': {
    operation: 'resetPassword',
    summary: 'Emails a link to choose a new password.',
    scope: 'write',
    answers: { 202: statusResponse },
    refusals: ['not_accepted', 'address_suppressed', 'too_many_attempts', 'idempotency_key_reused'],
    isIdempotent: true,
  },
  'GET /staff/contacts/{contactId}/timeline': {
    operation: 'getTimeline',
    summary: 'What happened to a contact, newest first.',
    scope: 'read',
    query: timelineQuery,
    answers: { 200: timelineResponse },
    refusals: [],
  },
  'GET /staff/contacts/{contactId}/diagnosis': {
    operation: 'diagnoseContact',
    summary: 'Why a client cannot get in, and what to do, most useful first.',
    scope: 'read',
    answers: { 200: diagnosisResponse },
    refusals: [],
  },
  'POST /staff/diagnosis': {
    operation: 'diagnoseAddress',
    summary: 'The same, starting from an address, also one that was mistyped.',
    scope: 'read',
    body: diagnosisRequest,
    answers: { 200: diagnosisResponse },
    refusals: [],
  },
  'GET /staff/invitations': {
    operation: 'listInvitations',
    summary: 'The work list, oldest first; unless filtered, who was invited and never accepted.',
    scope: 'read',
    query: workListQuery,
    answers: { 200: workListResponse },
    refusals: [],
  },
  'POST /staff/invitations/import': {
    operation: 'importInvitations',
    summary: 'Send Invitation for up to 100 contacts, each for itself. Repeatable.',
    scope: 'write',
    body: importRequest,
    answers: { 200: importResponse },
    refusals: [],
  },
  'GET /staff/openapi.json': {
    operation: 'getOpenapi',
    summary: 'This document.',
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
