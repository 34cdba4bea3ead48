import type { Answer } from '../../infra/local/host/answer.ts';

/**
 * What goes wrong with one call of AWS, seen from the function that makes it. `reset` befalls only
 * the SDK's first try, whose effect is there while its answer is lost; all others befall every try.
 */
export const faults = [
  'refused',
  'throttled',
  'timed out before',
  'timed out after',
  'slow',
  'reset',
  'garbled',
  'killed before',
  'killed after',
] as const;
export type Fault = (typeof faults)[number];

export type Service = 'dynamodb' | 'cognito-idp' | 'ses' | 'events' | 'sqs' | 'secretsmanager';

/** A slow answer comes after so many ms: the clients' patience is 2.5 s. */
export const slowMs = 2_000;

const json = (status: number, code: string): Answer => ({
  status,
  headers: { 'Content-Type': 'application/x-amz-json-1.1' },
  body: JSON.stringify({ __type: code, message: 'On purpose.' }),
});

const xml = (status: number, code: string): Answer => ({
  status,
  headers: { 'Content-Type': 'text/xml' },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>On purpose.</Message></Error></ErrorResponse>`,
});

/** How each service says no, in its own protocol. */
export const refusal = (service: Service): Answer =>
  service === 'ses' ? xml(403, 'AccessDenied') : json(400, 'AccessDeniedException');

export const throttle = (service: Service): Answer =>
  ({
    dynamodb: json(400, 'ThrottlingException'),
    'cognito-idp': json(400, 'TooManyRequestsException'),
    ses: xml(400, 'Throttling'),
    events: json(400, 'ThrottlingException'),
    sqs: json(400, 'RequestThrottled'),
    secretsmanager: json(400, 'ThrottlingException'),
  })[service];

/** An answer of which only the beginning arrived. */
export const garble = (answer: Answer): Answer => ({
  ...answer,
  body: String(answer.body).slice(0, 8) || '{"garbl',
});
