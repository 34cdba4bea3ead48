import type { APIGatewayProxyEvent } from 'aws-lambda';
import { parseCookie } from 'cookie';
import * as z from 'zod/mini';
import { type InvalidField, type Refusal, refuse } from '../../shared/core/refusal.ts';

/** What a route sees of a request. */
export type Request = {
  readonly method: string;
  readonly path: string;
  /** The path of the route that API Gateway matched. */
  readonly resource: string;
  readonly requestId: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** What the body parsers made of the body; undefined if nothing was sent. */
  readonly body: unknown;
  /** What the authorizer found out about a member of staff. */
  readonly authorizer: Readonly<Record<string, unknown>>;
};

/** @param event with header names in lower case and its body parsed */
export const requestFrom = (event: APIGatewayProxyEvent): Request => ({
  method: event.httpMethod,
  path: event.path,
  resource: event.resource,
  requestId: event.requestContext.requestId,
  headers: event.headers ?? {},
  cookies: parseCookie(event.headers?.['cookie'] ?? ''),
  params: event.pathParameters ?? {},
  query: event.queryStringParameters ?? {},
  body: event.body || undefined,
  authorizer: event.requestContext.authorizer ?? {},
});

/** What a size counts. */
const units: Readonly<Record<string, string>> = { string: ' characters', array: ' items' };

/** Words for the ways in which a value does not fit its schema. */
const saying = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys') return 'is not known here';
  if (issue.code === 'invalid_type') {
    const kind = issue.expected === 'int' ? 'whole number' : issue.expected;
    const article = /^[aeio]/.test(kind) ? 'an' : 'a';
    return `must be ${article} ${kind}${issue.input === undefined ? ' and is required' : ''}`;
  }
  if (issue.code === 'invalid_value') return `must be one of: ${issue.values.join(', ')}`;
  if (issue.code === 'too_small') {
    const unit = units[issue.origin];
    return unit && issue.minimum === 1
      ? 'must not be empty'
      : `must be at least ${issue.minimum}${unit ?? ''}`;
  }
  if (issue.code === 'too_big')
    return `must be at most ${issue.maximum}${units[issue.origin] ?? ''}`;
  return issue.message === 'Invalid input' ? 'has the wrong form' : issue.message;
};

const fieldsOf = (error: z.core.$ZodError): InvalidField[] =>
  error.issues.flatMap((issue) =>
    (issue.code === 'unrecognized_keys' ? issue.keys : ['']).map((key) => ({
      path: [...issue.path.map(String), key].filter(Boolean).join('.'),
      message: saying(issue),
    })),
  );

/** The value as its schema reads it, or a refusal that names every field which does not fit. */
export const parse = <Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> | Refusal<'invalid_request'> => {
  const result = z.safeParse(schema, value, { reportInput: true });
  return result.success
    ? result.data
    : refuse('invalid_request', { errors: fieldsOf(result.error) });
};
