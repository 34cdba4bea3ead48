import * as z from 'zod/mini';
import { isRefusal, type Refusal } from '../../shared/core/refusal.ts';
import { parse, type Request } from './request.ts';

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

/**
 * Who is recorded as having done it: the person of the token; of a machine's token its client, with
 * the person whom the `Portal-Actor` header names. A person cannot name another.
 */
export const staffActor = ({
  authorizer,
  headers,
}: Request): string | Refusal<'invalid_request'> => {
  const { subject, client, isMachine } = z.parse(authorizerSchema, authorizer);
  if (String(isMachine) !== 'true') return subject;
  const given = parse(personSchema, { 'Portal-Actor': headers['portal-actor'] });
  if (isRefusal(given)) return given;
  const { 'Portal-Actor': person } = given;
  return person === undefined ? client : `${client}/${person}`;
};
