import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { RefusalCode } from '../../../shared/core/refusal.ts';

/** The functions' own codes, and two for what never reaches one. */
type Code = RefusalCode | 'not_authenticated' | 'not_allowed';

type Answer = readonly [
  id: string,
  type: apigateway.ResponseType,
  status: number,
  code: Code,
  title: string,
];

const {
  UNAUTHORIZED,
  ACCESS_DENIED,
  THROTTLED,
  QUOTA_EXCEEDED,
  REQUEST_TOO_LARGE,
  UNSUPPORTED_MEDIA_TYPE,
  MISSING_AUTHENTICATION_TOKEN,
  WAF_FILTERED,
  INTEGRATION_FAILURE,
  INTEGRATION_TIMEOUT,
  AUTHORIZER_FAILURE,
  AUTHORIZER_CONFIGURATION_ERROR,
  DEFAULT_4XX,
  DEFAULT_5XX,
} = apigateway.ResponseType;

/** What API Gateway itself may answer, in the form every other refusal has (RFC 9457). */
const answers: readonly Answer[] = [
  ['Unauthorized', UNAUTHORIZED, 401, 'not_authenticated', 'A bearer token is needed.'],
  ['Forbidden', ACCESS_DENIED, 403, 'not_allowed', 'This token does not allow this call.'],
  ['Throttled', THROTTLED, 429, 'too_many_attempts', 'Too many requests. Please try again soon.'],
  ['Quota', QUOTA_EXCEEDED, 429, 'too_many_attempts', 'Too many requests. Please try again soon.'],
  ['TooLarge', REQUEST_TOO_LARGE, 413, 'payload_too_large', 'The request is too large.'],
  [
    'MediaType',
    UNSUPPORTED_MEDIA_TYPE,
    415,
    'unsupported_media_type',
    'This content type is not understood.',
  ],
  // Unknown paths reach the pages function, so what is left is a known path with another method.
  [
    'Method',
    MISSING_AUTHENTICATION_TOKEN,
    405,
    'method_not_allowed',
    'This path does not answer that method.',
  ],
  ['Firewall', WAF_FILTERED, 403, 'not_allowed', 'This request was refused.'],
  ['Failure', INTEGRATION_FAILURE, 503, 'try_again', 'Something went wrong. Please try again.'],
  ['Timeout', INTEGRATION_TIMEOUT, 503, 'try_again', 'This took too long. Please try again.'],
  ['Authorizer', AUTHORIZER_FAILURE, 503, 'try_again', 'Something went wrong. Please try again.'],
  [
    'AuthorizerAnswer',
    AUTHORIZER_CONFIGURATION_ERROR,
    503,
    'try_again',
    'Something went wrong. Please try again.',
  ],
];

const problem = (code: Code, title: string, status: number | string) =>
  `{"type":"about:blank","status":${status},"code":"${code}","title":"${title}","requestId":"$context.requestId"}`;

const headersFor = (status: number) => ({
  'Content-Type': "'application/problem+json'",
  'Cache-Control': "'no-store'",
  ...(status === 401 ? { 'WWW-Authenticate': "'Bearer'" } : {}),
  ...(status === 429 || status === 503 ? { 'Retry-After': "'5'" } : {}),
});

/** Gives API Gateway's own answers the words and form of the functions'. */
export const answerAsProblems = (rest: apigateway.RestApi): void => {
  for (const [id, type, status, code, title] of answers) {
    rest.addGatewayResponse(id, {
      type,
      statusCode: String(status),
      responseHeaders: headersFor(status),
      templates: { 'application/json': problem(code, title, status) },
    });
  }
  rest.addGatewayResponse('Other4xx', {
    type: DEFAULT_4XX,
    responseHeaders: headersFor(400),
    templates: { 'application/json': problem('invalid_request', 'Not understood.', 400) },
  });
  rest.addGatewayResponse('Other5xx', {
    type: DEFAULT_5XX,
    statusCode: '503',
    responseHeaders: headersFor(503),
    templates: {
      'application/json': problem('try_again', 'Something went wrong. Please try again.', 503),
    },
  });
};
