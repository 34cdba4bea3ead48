import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import {
  type CallResponse,
  type CallInput,
  type StaffCallDefinition,
  type StaffCallName,
  staffCalls,
} from '../../shared/api/staff-calls.ts';
import { contactIdSchema } from '../../shared/contact/contact.ts';
import type { StaffCall } from '../../shared/contact/idempotency.ts';
import { isRefusal, type Refusal } from '../../shared/core/refusal.ts';
import { log } from '../middleware/log.ts';
import { problem } from './problem.ts';
import { type Request, parse } from './request.ts';
import { json, noContent } from './response.ts';
import type { Route } from './serve.ts';
import { staffActor } from './staff-actor.ts';

type StaffRequest<Name extends StaffCallName> = {
  readonly contactId: string;
  readonly body: CallInput<Name, 'body'>;
  readonly query: CallInput<Name, 'query'>;
  readonly call: StaffCall;
};

type StaffOutcome<Name extends StaffCallName> = CallResponse<Name> | Refusal;

/** One of a call's answers. */
export const respond = <const Status extends number, Body>(status: Status, body: Body) => ({
  status,
  body,
});
export const noBody = { status: 204 } as const;

/**
 * A door of the staff API: what comes in and what goes out is as the call's schemas say.
 * @param largest body in bytes, where it is more than the usual
 */
export const staffRoute = <Name extends StaffCallName, World>(
  name: Name,
  answer: (request: StaffRequest<Name>, world: World) => Promise<StaffOutcome<Name>> | StaffOutcome<Name>,
  largest?: number,
): Route<World> => {
  const definition: StaffCallDefinition = staffCalls[name];
  return {
    accepts: definition.body ? 'json' : 'nothing',
    ...(largest !== undefined && { largest }),
    isForBrowsers: false,
    refuse: problem,
    answer: async (request, world) => {
      const given = readRequest(name, definition, request);
      if (isRefusal(given)) return given;
      const { contactId } = given;
      // After a breach: whose data this call saw or changed.
      if (contactId) {
        log({ level: 'info', event: 'staff_call', requestId: request.requestId, contactId });
      }
      // The schemas that were just applied are those that `Given` infers its types from.
      const answered = await answer(given as StaffRequest<Name>, world);
      if (isRefusal(answered)) return answered;
      const { status, body } = answered as { readonly status: number; readonly body?: unknown };
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
  const body = definition.body && parse(definition.body, request.body);
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
