import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer, Handler } from '../../host/answer.ts';
import type { Invoke, Outcome } from '../lambda/outcome.ts';
import type { RestApi, Route } from '../template/rest-api.ts';
import { Authorizers } from './authorizer.ts';
import { contextOf, type RequestContext } from './context.ts';
import { checkVariables, fillIn } from './context-variables.ts';
import { gatewayAnswer } from './gateway-answer.ts';
import { match } from './match.ts';
import { proxyAnswer } from './proxy-answer.ts';
import { proxyEvent } from './proxy-event.ts';

type Settings = {
  readonly invokeArn: (functionArn: string) => Invoke;
  /** Takes the access log's lines. */
  readonly log: (line: string) => void;
};

/** The most a REST API takes, in bytes (Amazon API Gateway quotas). */
const largestBody = 10 * 1024 * 1024;

const timedOut = Symbol('timed out');

const within = async (
  outcome: Promise<Outcome>,
  ms: number,
): Promise<Outcome | typeof timedOut> => {
  const gaveUp = new AbortController();
  try {
    return await Promise.race([outcome, wait(ms, timedOut, { signal: gaveUp.signal, ref: false })]);
  } finally {
    gaveUp.abort();
  }
};

/**
 * Serves a REST API as its template describes it. The firewall in front and throttling are not.
 * @throws LocalError for a template that API Gateway could not fill in
 */
export const serveApi = (api: RestApi, { invokeArn, log }: Settings): Handler => {
  checkVariables(api.accessLogFormat ?? '', 'an access log');
  for (const { ResponseTemplates, ResponseParameters } of api.gatewayResponses) {
    for (const template of Object.values(ResponseTemplates)) {
      checkVariables(template, 'a gateway response');
    }
    for (const parameter of Object.values(ResponseParameters)) {
      checkVariables(`$${parameter}`, 'a gateway response');
    }
  }
  const authorizers = new Authorizers(invokeArn);

  const answerRoute = async (
    request: IncomingMessage,
    body: Buffer,
    context: RequestContext,
    route: Route,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Answer> => {
    if (body.length > largestBody) return gatewayAnswer('REQUEST_TOO_LARGE', context);
    const event = () => proxyEvent(request, body, context, parameters);
    if (route.authorizer) {
      const decision = await authorizers.decide(route.authorizer, request, context, event);
      if ('refused' in decision) return gatewayAnswer(decision.refused, context);
      context.authorizer = decision.principal;
    }
    const startedAt = Date.now();
    const outcome = await within(invokeArn(route.functionArn)(event()), route.timeoutMs);
    context.functionMs = Date.now() - startedAt;
    if (outcome === timedOut) return gatewayAnswer('INTEGRATION_TIMEOUT', context);
    const answer = 'error' in outcome ? undefined : proxyAnswer(outcome.result, context);
    if (!answer) return gatewayAnswer('INTEGRATION_FAILURE', context);
    context.status = answer.status;
    return answer;
  };

  return async (request, body) => {
    const context = contextOf(request, api);
    const matched = match(api.routes, context.method, context.path);
    if (matched.kind === 'route') context.resource = matched.route.path;
    if (matched.kind === 'no_method') context.resource = matched.path;
    const answer =
      matched.kind === 'route'
        ? await answerRoute(request, body, context, matched.route, matched.parameters)
        : gatewayAnswer(
            request.headers.authorization ? 'DEFAULT_4XX' : 'MISSING_AUTHENTICATION_TOKEN',
            context,
          );
    if (api.accessLogFormat) log(fillIn(api.accessLogFormat, context));
    return answer;
  };
};
