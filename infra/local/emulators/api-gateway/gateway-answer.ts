import type { Answer } from '../../host/answer.ts';
import type { GatewayResponse } from '../template/rest-api.ts';
import type { RequestContext } from './context.ts';
import { fillIn } from './context-variables.ts';

type Default = { readonly status: number; readonly message: string };

/** API Gateway's own answers (Developer Guide, 'Gateway response types for API Gateway'). */
const defaults = {
  UNAUTHORIZED: { status: 401, message: 'Unauthorized' },
  ACCESS_DENIED: {
    status: 403,
    message: 'User is not authorized to access this resource with an explicit deny',
  },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token' },
  // An Authorization header on a method that does not exist is read as a signature of AWS's.
  DEFAULT_4XX: { status: 403, message: 'Invalid key=value pair in Authorization header' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Too Long' },
  AUTHORIZER_FAILURE: { status: 500, message: 'Internal server error' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error' },
  INTEGRATION_FAILURE: { status: 502, message: 'Internal server error' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out' },
} satisfies Record<string, Default>;

export type GatewayAnswerType = keyof typeof defaults;

/** `'text'` is a constant, `context.…` a variable. */
const headerValue = (parameter: string, context: RequestContext): string =>
  /^'(.*)'$/s.exec(parameter)?.[1] ?? fillIn(`$${parameter}`, context);

const headersOf = ({ ResponseParameters }: GatewayResponse, context: RequestContext) =>
  Object.fromEntries(
    Object.entries(ResponseParameters).flatMap(([name, value]) => {
      const header = /^gatewayresponse\.header\.(.+)$/.exec(name)?.[1];
      return header ? [[header, headerValue(value, context)]] : [];
    }),
  );

/**
 * The template of the first content type that the caller accepts, or that of `application/json`,
 * which is the default (API Gateway API Reference, 'GatewayResponse'). That `Accept` decides is not
 * written there: only a real account can tell.
 */
const templateFor = (
  response: GatewayResponse | undefined,
  { accept }: RequestContext,
): readonly [contentType: string, template: string] => {
  const templates = response?.ResponseTemplates ?? {};
  const wanted = accept.split(',').map((type) => (type.split(';')[0] ?? '').trim());
  const chosen = wanted.find((type) => type in templates) ?? 'application/json';
  return [chosen, templates[chosen] ?? '{"message":$context.error.messageString}'];
};

/** What API Gateway answers by itself, in the words of a template where one is set. */
export const gatewayAnswer = (type: GatewayAnswerType, context: RequestContext): Answer => {
  const { status, message } = defaults[type];
  context.errorType = type;
  context.errorMessage = message;
  const { gatewayResponses } = context.api;
  const find = (wanted: string) =>
    gatewayResponses.find(({ ResponseType }) => ResponseType === wanted);
  const response = find(type) ?? find(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  context.status = Number(response?.StatusCode ?? status);
  const [contentType, template] = templateFor(response, context);
  return {
    status: context.status,
    headers: {
      'Content-Type': contentType,
      ...(response && headersOf(response, context)),
      'x-amzn-RequestId': context.requestId,
    },
    body: fillIn(template, context),
  };
};
