import * as z from 'zod/mini';
import { contactIdSchema } from '../contact/contact.ts';
import type { RefusalCode } from '../core/refusal.ts';
import { importRequest, importResponse } from './import-schema.ts';
import { statusOfRefusal } from './problems.ts';
import { diagnosisResponse, timelineResponse, workListResponse } from './read-schema.ts';
import { type StaffCallDefinition, staffCalls } from './staff-calls.ts';
import {
  emailRequest,
  invitationRequest,
  problemResponse,
  statusResponse,
  suppressionRemovalRequest,
} from './status-schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** The messages by the names they have in the document. */
const named = {
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
} as const;

const options = {
  target: 'draft-2020-12',
  io: 'input',
  unrepresentable: 'any',
  override: ({ jsonSchema }) => {
    // A format says it all; the patterns are how one library checks it.
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    delete jsonSchema.$schema;
    delete jsonSchema.$id;
    delete jsonSchema.id;
  },
} as const satisfies z.core.RegistryToJSONSchemaParams;

const refTo = (name: string): string => `#/components/schemas/${name}`;

const inline = (schema: z.ZodMiniType): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, options);
  return json;
};

const schemaOf = (schema: z.ZodMiniType): Json => {
  const name = Object.entries(named).find(([, one]) => one === schema)?.[0];
  return name === undefined ? inline(schema) : { $ref: refTo(name) };
};

/** What every call may come to, besides its own refusals. The first two are API Gateway's. */
const everywhere: readonly (readonly [status: number, code: string])[] = [
  [401, 'not_authenticated'],
  [403, 'not_allowed'],
  [429, 'too_many_attempts'],
  [503, 'try_again'],
];

const problemsOf = ({ query, body, refusals }: StaffCallDefinition, path: string) => {
  const ofInput: RefusalCode[] = [
    ...(path.includes('{') || query || body ? (['invalid_request'] as const) : []),
    ...(body ? (['payload_too_large', 'unsupported_media_type'] as const) : []),
  ];
  const own = [...ofInput, ...refusals].map((code) => [statusOfRefusal(code), code] as const);
  const codes = new Map<number, Set<string>>();
  for (const [status, code] of [...own, ...everywhere]) {
    codes.set(status, (codes.get(status) ?? new Set()).add(code));
  }
  return Object.fromEntries([...codes].map(([status, set]) => [status, problem([...set], status)]));
};

const problem = (codes: readonly string[], status: number): Json => ({
  description: codes.map((code) => `\`${code}\``).join(', '),
  ...([429, 503].includes(status) && {
    headers: {
      'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
    },
  }),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [{ $ref: refTo('Problem') }],
        properties: { code: { enum: codes } },
      },
    },
  },
});

const descriptions: Readonly<Record<number, string>> = {
  200: 'Done, or what was asked for.',
  201: 'Invited.',
  202: 'An email is on its way.',
  204: 'Done.',
};

const answersOf = ({ answers }: StaffCallDefinition) =>
  Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      {
        description: descriptions[Number(status)] ?? 'Done.',
        ...(schema && { content: { 'application/json': { schema: schemaOf(schema) } } }),
      },
    ]),
  );

const queryOf = ({ query }: StaffCallDefinition): Json[] =>
  Object.entries((query ? inline(query)['properties'] : undefined) ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    schema,
  }));

const parametersOf = (definition: StaffCallDefinition, path: string): Json[] => [
  ...(path.includes('{contactId}') ? [{ $ref: '#/components/parameters/contactId' }] : []),
  ...queryOf(definition),
  ...(definition.isIdempotent ? [{ $ref: '#/components/parameters/idempotencyKey' }] : []),
  ...(definition.scope === 'write' ? [{ $ref: '#/components/parameters/actor' }] : []),
];

const operationOf = (definition: StaffCallDefinition, path: string): Json => ({
  operationId: definition.operation,
  summary: definition.summary,
  description: `Needs the scope \`portal/${definition.scope}\`.`,
  parameters: parametersOf(definition, path),
  ...(definition.body && {
    requestBody: {
      required: !z.safeParse(definition.body, {}).success,
      content: { 'application/json': { schema: schemaOf(definition.body) } },
    },
  }),
  responses: { ...answersOf(definition), ...problemsOf(definition, path) },
});

const pathsOf = (): Record<string, Record<string, Json>> => {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, definition] of Object.entries(staffCalls)) {
    const [method = '', path = ''] = name.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(definition, path) };
  }
  return paths;
};

const schemas = (): Json => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  return z.toJSONSchema(registry, { ...options, uri: refTo }).schemas;
};

const parameters = {
  contactId: {
    name: 'contactId',
    in: 'path',
    required: true,
    description: "The CRM's own id of the contact.",
  },
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'Repeating a call with the same key within 24 hours does nothing more.',
    schema: { type: 'string', minLength: 1, maxLength: 100 },
  },
  actor: {
    name: 'Portal-Actor',
    in: 'header',
    description: "With an application's own token: the person who pressed the button.",
    schema: { type: 'string', minLength: 1, maxLength: 64 },
  },
} as const;

/** The OpenAPI 3.1 document, made from the schemas that validate every call. */
export const openapiDocument = (servers: readonly string[], version: string): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'Customer portal: staff API',
    license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    version,
    description:
      'Invite clients to the portal, see what became of it, and find out why one cannot get in. Errors are RFC 9457 problems with a stable `code`.',
  },
  servers: servers.map((url) => ({ url })),
  security: [{ staff: [] }],
  paths: pathsOf(),
  components: {
    securitySchemes: { staff: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    parameters: {
      ...parameters,
      contactId: { ...parameters.contactId, schema: inline(contactIdSchema) },
    },
    schemas: schemas(),
  },
});
