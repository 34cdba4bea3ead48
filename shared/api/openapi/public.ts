import * as z from 'zod/mini';
import { passwordReasons } from '../../core/refusal.ts';
import {
  healthResponse,
  invitationResponse,
  type PublicCallDefinition,
  type PublicCallName,
  publicCalls,
  sessionResponse,
} from '../public-calls.ts';
import {
  linkRequest,
  passwordChangeRequest,
  passwordRequest,
  resetRequest,
  signInRequest,
} from '../public-schema.ts';
import { problemResponse } from '../status-schema.ts';
import { type Call, documentOf, type NamedSchemas } from './document.ts';
import type { ProblemCode } from './refusals.ts';

const schemas: NamedSchemas = {
  Address: resetRequest,
  Link: linkRequest,
  ChosenPassword: passwordRequest,
  Credentials: signInRequest,
  PasswordChange: passwordChangeRequest,
  Invitation: invitationResponse,
  Session: sessionResponse,
  Health: healthResponse,
  Problem: z.extend(z.omit(problemResponse, { contactId: true, detail: true }), {
    reasons: z.optional(z.array(z.enum(passwordReasons))),
  }),
};

const email = 'jane@example.com';
const name = 'Jane Citizen';
/** The forms of a link's token and of a password; neither is one. */
const token = 'lookup.secret-of-the-emailed-link';
const password = 'correct horse battery staple';

type Definitions = typeof publicCalls;
type Example<Name extends PublicCallName> = Definitions[Name] extends {
  readonly body: infer Body extends z.ZodMiniType;
}
  ? z.input<Body>
  : undefined;
type Answer<Name extends PublicCallName> = {
  [Status in keyof Definitions[Name]['answers']]: Definitions[Name]['answers'][Status] extends infer Body extends
    z.ZodMiniType
    ? { readonly status: Status; readonly body: z.input<Body> }
    : { readonly status: Status };
}[keyof Definitions[Name]['answers']];

/** What goes in and out of every call. */
const examples: {
  readonly [Name in PublicCallName]: {
    readonly body: Example<Name>;
    readonly answer: Answer<Name>;
  };
} = {
  'POST /api/password-reset-requests': { body: { email }, answer: { status: 202, body: {} } },
  'POST /api/password-resets': { body: { token, password }, answer: { status: 204 } },
  'POST /api/invitation-lookups': {
    body: { token },
    answer: { status: 200, body: { name, email, expiresAt: '2026-06-08T02:00:00.000Z' } },
  },
  'POST /api/invitation-acceptances': { body: { token, password }, answer: { status: 204 } },
  'POST /api/invitation-renewals': { body: { token }, answer: { status: 202, body: {} } },
  'POST /api/sessions': { body: { email, password }, answer: { status: 204 } },
  'DELETE /api/sessions': { body: undefined, answer: { status: 204 } },
  'GET /api/session': {
    body: undefined,
    answer: {
      status: 200,
      body: {
        contactId: 'C-1001',
        name,
        email,
        signedInAt: '2026-06-01T02:00:00.000Z',
        expiresAt: '2026-06-01T14:00:00.000Z',
      },
    },
  },
  'DELETE /api/session': { body: undefined, answer: { status: 204 } },
  'POST /api/password-changes': {
    body: { currentPassword: password, password: 'another horse, another staple' },
    answer: { status: 204 },
  },
  'GET /api/health': {
    body: undefined,
    answer: { status: 200, body: { region: 'AU', version: '0.1.0' } },
  },
};

const refusalsOf = ({ body, refusals }: PublicCallDefinition, call: string): ProblemCode[] => [
  ...(body ? (['invalid_request', 'payload_too_large', 'unsupported_media_type'] as const) : []),
  ...(call.startsWith('GET ') ? [] : (['cross_site_request'] as const)),
  ...refusals,
  'too_many_attempts',
  'try_again',
];

const callOf = (call: PublicCallName): Call => {
  const definition: PublicCallDefinition = publicCalls[call];
  const { body, answer } = examples[call];
  return {
    ...definition,
    name: call,
    refusals: refusalsOf(definition, call),
    examples: { request: { body }, answers: [answer] },
    security: definition.needsSession ? [{ session: [] }] : [],
  };
};

/** The public API as an OpenAPI 3.1 document, made from the schemas that its routes validate by. */
export const publicDocument = (servers: readonly string[], version: string) =>
  documentOf({
    info: {
      title: 'Customer portal: public API',
      version,
      description:
        "What the portal's own pages can do, for apps and scripts: choose, change and reset a password, sign in and out. Errors are RFC 9457 problems with a stable `code`.",
    },
    servers,
    calls: (Object.keys(publicCalls) as PublicCallName[]).map(callOf),
    schemas,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-portal-au',
          description: "The session's cookie; its name ends with the region: `au`, `nz` or `us`.",
        },
      },
    },
    security: [],
  });
