import { contactIdSchema } from '../../core/contact-id.ts';
import { importRequest, importResponse } from '../import-schema.ts';
import { diagnosisResponse, timelineResponse, workListResponse } from '../read-schema.ts';
import { type StaffCallDefinition, type StaffCallName, staffCalls } from '../staff-calls.ts';
import {
  emailRequest,
  invitationRequest,
  problemResponse,
  statusResponse,
  suppressionRemovalRequest,
} from '../status-schema.ts';
import { type Call, documentOf, inline, type Json, type NamedSchemas } from './document.ts';
import type { ProblemCode } from './refusals.ts';
import { staffExamples } from './staff-examples.ts';

const schemas: NamedSchemas = {
  Status: statusResponse,
  Timeline: timelineResponse,
  Diagnosis: diagnosisResponse,
  WorkList: workListResponse,
  ImportResults: importResponse,
  Invitation: invitationRequest,
  Email: emailRequest,
  SuppressionRemoval: suppressionRemovalRequest,
  Import: importRequest,
  Problem: problemResponse,
};

const parameters = {
  contactId: {
    name: 'contactId',
    in: 'path',
    required: true,
    description: "The CRM's own id of the contact.",
    schema: inline(contactIdSchema),
    example: 'C-1001',
  },
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'New for every press of the button. The same call with the same key within 24 hours is answered alike and does nothing more.',
    schema: { type: 'string', minLength: 1, maxLength: 100 },
    example: '01JZ8G5T5Q0M4V7R2N6X3C9B1A',
  },
  actor: {
    name: 'Portal-Actor',
    in: 'header',
    description: "With an application's own token: the person who pressed the button.",
    schema: { type: 'string', minLength: 1, maxLength: 64 },
    example: 'kim',
  },
} as const;

const refer = (name: keyof typeof parameters): Json => ({
  $ref: `#/components/parameters/${name}`,
});

/** What every call may come to, besides its own refusals. The first two are API Gateway's. */
const everywhere = ['not_authenticated', 'not_allowed', 'too_many_attempts', 'try_again'] as const;

const refusalsOf = (
  { query, body, refusals }: StaffCallDefinition,
  name: string,
): ProblemCode[] => [
  ...(name.includes('{') || query || body ? (['invalid_request'] as const) : []),
  ...(body ? (['payload_too_large', 'unsupported_media_type'] as const) : []),
  ...refusals,
  ...everywhere,
];

const callOf = (name: StaffCallName): Call => {
  const definition: StaffCallDefinition = staffCalls[name];
  const { scope, isIdempotent, description } = definition;
  return {
    ...definition,
    name,
    description: `${description} Needs the scope \`portal/${scope}\`.`,
    refusals: refusalsOf(definition, name),
    examples: staffExamples[name],
    parameters: [
      ...(name.includes('{contactId}') ? [refer('contactId')] : []),
      ...(isIdempotent ? [refer('idempotencyKey')] : []),
      ...(scope === 'write' ? [refer('actor')] : []),
    ],
  };
};

/** The staff API as an OpenAPI 3.1 document, made from the schemas that validate every call. */
export const staffDocument = (servers: readonly string[], version: string) =>
  documentOf({
    info: {
      title: 'Customer portal: staff API',
      version,
      description:
        'Invite clients to the portal, see what became of it, and find out why one cannot get in. Errors are RFC 9457 problems with a stable `code`.',
    },
    servers,
    calls: (Object.keys(staffCalls) as StaffCallName[]).map(callOf),
    schemas,
    components: {
      securitySchemes: { staff: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      parameters,
    },
    security: [{ staff: [] }],
  });
