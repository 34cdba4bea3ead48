import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type Refusal, refuse } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';
import { type Request, requestFrom } from './request.ts';
import type { Response } from './response.ts';

/** What a route comes to; how a refusal looks is the route's kind's business. */
export type Outcome = Response | Refusal;

/** One route: it reads the request, calls one action, answers. */
export type Route<Dependencies> = {
  /** The body it takes; a body of another type is refused. None by default. */
  readonly accepts?: 'json' | 'form';
  readonly answer: (request: Request, deps: Dependencies) => Promise<Outcome> | Outcome;
  /** A refusal as a problem (RFC 9457) or as a page. */
  readonly present: (refusal: Refusal, request: Request, region: Region) => Response;
};

/** By `<METHOD> <path as API Gateway knows it>`; the method may be `ANY`. */
export type Routes<Dependencies> = Readonly<Record<string, Route<Dependencies>>>;

type Matched = Pick<APIGatewayProxyEvent, 'httpMethod' | 'resource'>;

/** Answers what no other route of a function does. */
const isRest = (name: string): boolean => name.startsWith('ANY ') && name.endsWith('/{proxy+}');

/**
 * The route that API Gateway matched; HEAD is answered by the route of GET.
 * @throws Error if the function has none, which is a fault of the deployment
 */
export const routeOf = <Dependencies>(
  routes: Routes<Dependencies>,
  { httpMethod, resource }: Matched,
): Route<Dependencies> => {
  const name = `${httpMethod === 'HEAD' ? 'GET' : httpMethod} ${resource}`;
  const rest = Object.keys(routes).find(isRest) ?? '';
  const route = routes[name] ?? routes[`ANY ${resource}`] ?? routes[rest];
  if (!route) throw new Error(`No route is named ${name}.`);
  return route;
};

const contentTypes = {
  /** `application/json` or a type built on it (RFC 6839). */
  json: /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i,
  form: /^application\/x-www-form-urlencoded\s*(?:;|$)/i,
} as const;

const isAccepted = ({ accepts }: Pick<Route<never>, 'accepts'>, request: Request): boolean => {
  if (accepts === undefined) return true;
  // Nothing sent is an object without fields: the schema says which are missing.
  if (accepts === 'json' && request.body === undefined) return true;
  return contentTypes[accepts].test(request.headers['content-type'] ?? '');
};

/** The last step of a pipeline: answers by the route that was matched. */
export const dispatch =
  <Dependencies>(routes: Routes<Dependencies>, deps: Dependencies) =>
  async (event: APIGatewayProxyEvent): Promise<Outcome> => {
    const route = routeOf(routes, event);
    const request = requestFrom(event);
    return isAccepted(route, request)
      ? route.answer(request, deps)
      : refuse('unsupported_media_type');
  };
