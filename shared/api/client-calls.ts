import type * as z from 'zod/mini';
import type { CallResponse, StaffCallName, StaffCalls } from './staff-calls.ts';
import type { problemResponse } from './status-schema.ts';

type Part<Name extends StaffCallName, Which extends 'body' | 'query'> =
  StaffCalls[Name] extends Record<Which, infer Schema extends z.ZodMiniType>
    ? object extends z.input<Schema>
      ? { [W in Which]?: z.input<Schema> }
      : { [W in Which]: z.input<Schema> }
    : object;

/** What a call is given: the contact, the body and the query that its schemas name. */
type CallRequest<Name extends StaffCallName> = Part<Name, 'body'> &
  Part<Name, 'query'> &
  (Name extends `${string}{contactId}${string}` ? { contactId: string } : object) &
  (StaffCalls[Name] extends { isIdempotent: true } ? { idempotencyKey?: string } : object);

type BodyOf<One> = One extends { readonly body: infer Body } ? Body : undefined;

/** What every call takes and answers. The installed client has the same types, written out. */
export type ClientCalls = {
  [Name in StaffCallName]: {
    request: CallRequest<Name>;
    response: BodyOf<CallResponse<Name>>;
  };
};

/** A refusal as it is answered. */
export type Problem = z.output<typeof problemResponse>;
