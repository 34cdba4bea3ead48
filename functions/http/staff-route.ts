import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import {
  type CallInput,
  type CallResponse,
  type StaffCallDefinition,
  type StaffCallName,
  staffCalls,
} from '../../shared/api/staff-calls.ts';
import type { StaffCall } from '../../shared/contact/idempotency.ts';
import { contactIdSchema } from '../../shared/core/contact-id.ts';
import { log } from '../../shared/core/log.ts';
import { isRefusal, type Refusal } from '../../shared/core/refusal.ts';
import { problem } from './problem.ts';
import { parse, type Request } from './request.ts';
import { json, noContent } from './response.ts';
import type { Route } from './route.ts';

type StaffRequest<Name extends StaffCallName> = {
  readonly contactId: string;
  readonly body: CallInput<Name, 'body'>;
  readonly query: CallInput<Name, 'query'>;
  readonly call: StaffCall;
};

type StaffOutcome<Name extends StaffCallName> = CallResponse<Name> | Refusal;

/** One of a call's responses. */
export const response = <const Status extends number, Body = undefined>(
  status: Status,
  body?: Body,
) => ({ status, body: body as Body });

/** A route of the staff API: what comes in and what goes out is as the call's schemas say. */
export const staffRoute = <Name extends StaffCallName, Dependencies>(
  name: Name,
  answer: (
    request: StaffRequest<Name>,
    deps: Dependencies,
  ) => Promise<StaffOutcome<Name>> | StaffOutcome<Name>,
): Route<Dependencies> => {
  const definition: StaffCallDefinition = staffCalls[name];
  return {
    ...(definition.body && { accepts: 'json' as const }),
    present: problem,
    answer: async (request, deps) => {
      const input = readRequest(name, definition, request);
      if (isRefusal(input)) return input;
      const { contactId } = input;
      // After a breach: whose data this call saw or changed.
      if (contactId) {
        log({ level: 'info', event: 'staff_call', requestId: request.requestId, contactId });
      }
      // The schemas that were just applied are those that `CallInput` infers its types from.
      const outcome = await answer(input as StaffRequest<Name>, deps);
      if (isRefusal(outcome)) return outcome;
      const { status, body } = outcome as { readonly status: number; readonly body?: unknown };
      const schema = definition.answers[status];
      return schema ? json(status, z.parse(schema, body) as object) : noContent();
    },
  };
};

const readRequest = (name: string, definition: StaffCallDefinition, request: Request) => {
  const params = name.includes('{contactId}')
    ? parse(z.object({ contactId: contactIdSchema }), request.params)
    : { contactId: '' };
  if (isRefusal(params)) return params;
  const query = definition.query && parse(definition.query, request.query);
  if (isRefusal(query)) return query;
  const body = definition.body && parse(definition.body, request.body ?? {});
  if (isRefusal(body)) return body;
  const actor = staffActor(request);
  if (isRefusal(actor)) return actor;
  const asked = [name, params.contactId, body];
  const idempotency = definition.isIdempotent ? idempotencyOf(request, asked) : undefined;
  if (isRefusal(idempotency)) return idempotency;
  return { ...params, query, body, call: { actor, ...(idempotency && { idempotency }) } };
};

const keySchema = z.object({
  'Idempotency-Key': z.optional(
    z.string().check(z.regex(/^[!-~]{1,100}$/, { error: 'must be 1 to 100 printable characters' })),
  ),
});

/** The key, and a hash of what was asked as it was understood. */
const idempotencyOf = ({ headers }: Request, asked: unknown) => {
  const given = parse(keySchema, { 'Idempotency-Key': headers['idempotency-key'] });
  if (isRefusal(given)) return given;
  const { 'Idempotency-Key': key } = given;
  if (key === undefined) return undefined;
  const body = createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
  return { key, body };
};

/** API Gateway passes an authorizer's values on as text. */
const authorizerSchema = z.object({
  subject: z.string(),
  client: z.string(),
  isMachine: z.union([z.boolean(), z.string()]),
});

const personSchema = z.object({
  'Portal-Actor': z.optional(
    z.string().check(
      z.trim(),
      z.regex(/^[^/\p{Cc}]{1,64}$/u, {
        error: 'must be 1 to 64 characters without a slash',
      }),
    ),
  ),
});

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A header's text: HTTP hands bytes on as characters, and most programs write UTF-8. */
const headerText = (header: string | undefined): string | undefined => {
  const bytes = Buffer.from(header ?? '', 'latin1');
  if (header === undefined || bytes.toString('latin1') !== header) return header;
  try {
    return utf8.decode(bytes);
  } catch {
    return header;
  }
};

/**
 * Who is recorded as having done it: the person of the token; of a machine's token its client, with
 * the person whom the `Portal-Actor` header names. A person cannot name another.
 */
const staffActor = ({ authorizer, headers }: Request): string | Refusal<'invalid_request'> => {
  const { subject, client, isMachine } = z.parse(authorizerSchema, authorizer);
  if (String(isMachine) !== 'true') return subject;
  const given = parse(personSchema, { 'Portal-Actor': headerText(headers['portal-actor']) });
  if (isRefusal(given)) return given;
  const { 'Portal-Actor': person } = given;
  return person === undefined ? client : `${client}/${person}`;
};
