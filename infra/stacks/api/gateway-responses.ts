import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type { RefusalCode } from '../../../shared/core/refusal.ts';
import { securityHeaders } from '../../../shared/pages/security-headers.ts';
import { plainPage } from './plain-page.ts';

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
  // The pages function answers whatever no route does, so that nothing should meet this one.
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

/** Types that only a staff call can meet; any other may be answered to a browser. */
const staffOnly: readonly apigateway.ResponseType[] = [
  UNAUTHORIZED,
  ACCESS_DENIED,
  AUTHORIZER_FAILURE,
  AUTHORIZER_CONFIGURATION_ERROR,
];

/** A constant of API Gateway stands in single quotes and can hold none: `sandbox` needs none. */
const { 'Content-Security-Policy': _, ...plainHeaders } = securityHeaders;
const ownHeaders = Object.fromEntries(
  Object.entries({
    ...plainHeaders,
    'Content-Security-Policy': 'sandbox',
    'X-Frame-Options': 'DENY',
  }).map(([name, value]) => [name, `'${value}'`]),
);

const headersFor = (status: number) => ({
  ...ownHeaders,
  ...(status === 401 ? { 'WWW-Authenticate': "'Bearer'" } : {}),
  ...(status === 429 || status === 503 ? { 'Retry-After': "'5'" } : {}),
});

/** A page for who accepts HTML, else the problem: docs/decisions/own-answers-have-two-forms.md. */
const formsOf = (
  type: apigateway.ResponseType,
  code: Code,
  title: string,
  status: number,
): Pick<apigateway.GatewayResponseOptions, 'responseHeaders' | 'templates'> => {
  const json = { 'application/json': problem(code, title, status) };
  return staffOnly.includes(type)
    ? {
        responseHeaders: { ...headersFor(status), 'Content-Type': "'application/problem+json'" },
        templates: json,
      }
    : {
        responseHeaders: headersFor(status),
        templates: { ...json, 'text/html': plainPage(title) },
      };
};

/** The words that a browser may be answered with. */
export const wordsForBrowsers: readonly string[] = answers
  .filter(([, type]) => !staffOnly.includes(type))
  .map(([, , , , title]) => title);

/** Gives API Gateway's own answers the words and form of the functions'. */
export const answerAsProblems = (rest: apigateway.RestApi): void => {
  for (const [id, type, status, code, title] of answers) {
    rest.addGatewayResponse(id, {
      type,
      statusCode: String(status),
      ...formsOf(type, code, title, status),
    });
  }
  rest.addGatewayResponse('Other4xx', {
    type: DEFAULT_4XX,
    ...formsOf(DEFAULT_4XX, 'invalid_request', 'Not understood.', 400),
  });
  rest.addGatewayResponse('Other5xx', {
    type: DEFAULT_5XX,
    statusCode: '503',
    ...formsOf(DEFAULT_5XX, 'try_again', 'Something went wrong. Please try again.', 503),
  });
};
