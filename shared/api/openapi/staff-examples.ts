import type * as z from 'zod/mini';
import type { ClientCalls } from '../client-calls.ts';
import type { diagnosisResponse } from '../read-schema.ts';
import type { CallResponse, StaffCallName } from '../staff-calls.ts';
import type { statusResponse } from '../status-schema.ts';

type Status = z.output<typeof statusResponse>;
type Diagnosis = z.output<typeof diagnosisResponse>;

const contactId = 'C-1001';
const client = { email: 'jane@example.com', name: 'Jane Citizen' };
const invitedAt = '2026-06-01T02:00:00.000Z';

const neverInvited: Status = {
  contactId,
  action: 'send_invitation',
  status: 'never_invited',
  summary: 'This contact was never invited.',
};

const invited: Omit<Status, 'summary'> = {
  contactId,
  action: 'resend_invitation',
  status: 'pending',
  ...client,
  invitedAt,
  invitedBy: 'crm/kim',
  sends: 1,
  expiresAt: '2026-06-08T02:00:00.000Z',
  delivery: { state: 'delivered', at: '2026-06-01T02:00:09.000Z' },
};
const pending: Status = {
  ...invited,
  summary:
    'Jane Citizen was invited on 1 June 2026 and has not created an account yet. The link works until 8 June 2026.',
};

const accepted: Status = {
  contactId,
  action: 'resend_invitation',
  status: 'accepted',
  ...client,
  invitedAt,
  invitedBy: 'crm/kim',
  sends: 1,
  acceptedAt: '2026-06-02T21:14:00.000Z',
  summary: 'Jane Citizen has had an account since 3 June 2026 and has not signed in yet.',
};

const mistyped: Status = {
  ...pending,
  email: 'jane@gmial.com',
  warnings: [
    {
      code: 'domain_looks_mistyped',
      message: 'gmial.com looks mistyped. Did the client mean jane@gmail.com?',
      suggestion: 'jane@gmail.com',
    },
  ],
};

const entry: Diagnosis['facts']['timeline'][number] = {
  entryId: '01JWN0Z6Q8T3B5V7X9C1D2F4G6',
  at: invitedAt,
  what: 'invitation_sent',
  by: 'crm/kim',
};

const diagnosis: Diagnosis = {
  summary: pending.summary,
  findings: [
    {
      code: 'email_delivered_check_spam',
      severity: 'warning',
      title: 'The email was delivered',
      advice: 'Ask the client to look in the spam folder.',
    },
  ],
  facts: { ...invited, timeline: [entry] },
};

type Example<Name extends StaffCallName> = {
  readonly request: Omit<ClientCalls[Name]['request'], 'contactId' | 'idempotencyKey'>;
  /** At most one for each status. */
  readonly answers: readonly CallResponse<Name>[];
};

/** What goes in and out of every call, as the OpenAPI document shows it. */
export const staffExamples: { readonly [Name in StaffCallName]: Example<Name> } = {
  'GET /staff/contacts/{contactId}': {
    request: {},
    answers: [{ status: 200, body: neverInvited }],
  },
  'POST /staff/contacts/{contactId}/invitation': {
    request: { body: client },
    answers: [
      { status: 200, body: mistyped },
      { status: 201, body: pending },
      { status: 202, body: { ...pending, sends: 2 } },
    ],
  },
  'POST /staff/contacts/{contactId}/invitation/resend': {
    request: {},
    answers: [{ status: 202, body: { ...pending, sends: 2 } }],
  },
  'DELETE /staff/contacts/{contactId}/invitation': { request: {}, answers: [{ status: 204 }] },
  'DELETE /staff/contacts/{contactId}': { request: {}, answers: [{ status: 204 }] },
  'PUT /staff/contacts/{contactId}/email': {
    request: { body: { email: 'jane.citizen@example.com' } },
    answers: [{ status: 200, body: { ...pending, email: 'jane.citizen@example.com' } }],
  },
  'POST /staff/contacts/{contactId}/suppression-removal': {
    request: { body: { consent: true } },
    answers: [{ status: 200, body: pending }],
  },
  'POST /staff/contacts/{contactId}/password-reset': {
    request: {},
    answers: [{ status: 202, body: accepted }],
  },
  'GET /staff/contacts/{contactId}/timeline': {
    request: { query: { limit: 50 } },
    answers: [{ status: 200, body: { entries: [entry] } }],
  },
  'GET /staff/contacts/{contactId}/diagnosis': {
    request: {},
    answers: [{ status: 200, body: diagnosis }],
  },
  'POST /staff/diagnosis': {
    request: { body: { email: 'jane@exmaple.com' } },
    answers: [
      {
        status: 200,
        body: {
          summary: 'Nobody was invited at this address, but somebody was at one much like it.',
          findings: [
            {
              code: 'tried_other_address',
              severity: 'warning',
              title: 'Another address was invited',
              advice: 'Ask the client to use the address that was invited.',
            },
          ],
          facts: {
            asked: {
              email: 'jane@exmaple.com',
              attempts: [{ at: invitedAt, email: 'jane@exmaple.com' }],
              nearest: [{ contactId, email: client.email, status: 'pending' }],
            },
            timeline: [],
          },
        },
      },
    ],
  },
  'GET /staff/invitations': {
    request: { query: { status: 'pending', delivery: 'bounced', limit: 50 } },
    answers: [{ status: 200, body: { contacts: [pending], next: 'MjAyNi0wNi0wOCNDLTEwMDE' } }],
  },
  'POST /staff/invitations/import': {
    request: {
      body: {
        rows: [
          { contactId, ...client },
          { contactId: 'C-1002', email: 'joe@gmial.com', name: 'Joe Citizen' },
          { contactId: 'C-1003', email: 'nobody', name: 'Nobody' },
        ],
      },
    },
    answers: [
      {
        status: 200,
        body: {
          results: [
            { contactId, outcome: 'unchanged' },
            {
              contactId: 'C-1002',
              outcome: 'invited',
              warnings: [
                {
                  code: 'domain_looks_mistyped',
                  message: 'gmial.com looks mistyped. Did the client mean joe@gmail.com?',
                  suggestion: 'joe@gmail.com',
                },
              ],
            },
            {
              contactId: 'C-1003',
              outcome: 'refused',
              code: 'invalid_request',
              errors: [
                { path: 'email', message: 'must be one email address, such as jane@example.com' },
              ],
            },
          ],
        },
      },
    ],
  },
  'GET /staff/openapi.json': {
    request: {},
    answers: [{ status: 200, body: { openapi: '3.1.0' } }],
  },
};
