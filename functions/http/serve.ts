import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { isRefusal, type Refusal, refuse } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';
import { count, described, log } from '../middleware/log.ts';
import { isSameOrigin } from '../middleware/same-origin.ts';
import { type Request, requestFrom } from './request.ts';
import { type Response, toResult } from './response.ts';

/** One route's door: it reads the request, calls one action, writes the reply. */
export type Route<World> = {
  /** What body it takes. A form comes from our own pages alone. */
  readonly accepts: 'nothing' | 'json' | 'form';
  /** The largest body in bytes, 16 KiB unless said. */
  readonly largest?: number;
  /** Whether browsers call it, so that requests from other sites are refused. */
  readonly isForBrowsers: boolean;
  readonly answer: (request: Request, world: World) => Promise<Response | Refusal> | Response | Refusal;
  /** How a refusal is told: as a problem, or as a page. */
  readonly refuse: (refusal: Refusal, request: Request, world: World) => Response;
};

/** By `<METHOD> <path as API Gateway knows it>`; the method may be `ANY`. */
export type Routes<World> = Readonly<Record<string, Route<World>>>;

const sixteenKibibytes = 16 * 1024;

/** Reads the body as the door takes it, so far as the request may be read at all. */
const admit = <World extends { region: Region }>(
  door: Route<World>,
  request: Request,
  world: World,
): Request | Refusal => {
  const isUnsafe = !['GET', 'HEAD'].includes(request.method);
  if (isUnsafe && door.isForBrowsers && !isSameOrigin(request, world.region)) {
    return refuse('cross_site_request');
  }
  if (Buffer.byteLength(request.rawBody) > (door.largest ?? sixteenKibibytes)) {
    return refuse('payload_too_large');
  }
  if (door.accepts === 'nothing') return request;
  return door.accepts === 'json' ? readJson(request) : readForm(request);
};

const readForm = (request: Request): Request | Refusal => {
  const type = request.headers['content-type'] ?? '';
  return type.startsWith('application/x-www-form-urlencoded')
    ? { ...request, body: Object.fromEntries(new URLSearchParams(request.rawBody)) }
    : refuse('unsupported_media_type');
};

/** `application/json` or a type built on it (RFC 6839). */
const jsonType = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

const readJson = (request: Request): Request | Refusal => {
  // Nothing sent is an object without fields: its schema says which are missing.
  if (request.rawBody === '') return { ...request, body: {} };
  if (!jsonType.test(request.headers['content-type'] ?? '')) {
    return refuse('unsupported_media_type');
  }
  try {
    return { ...request, body: JSON.parse(request.rawBody) as unknown };
  } catch {
    return refuse('invalid_request', {
      errors: [{ path: '', message: 'must be well-formed JSON' }],
    });
  }
};

/**
 * One function's doors as a Lambda handler.
 * @param open makes what the doors need of the world, once, at the first request
 */
export const serve = <World extends { region: Region }>(
  doors: Routes<World>,
  open: () => World,
): middy.MiddyfiedHandler<APIGatewayProxyEvent, APIGatewayProxyResult> => {
  let opened: World | undefined;

  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>().handler(async (event) => {
    const startedAt = performance.now();
    const route = `${event.httpMethod} ${event.resource}`;
    const request = requestFrom(event);
    const door = doors[route] ?? doors[`ANY ${event.resource}`] ?? doors['ANY /{proxy+}'];
    if (!door) throw new Error(`No door is named ${route}.`);
    opened ??= open();
    const world = opened;

    const answered = async (): Promise<Response | Refusal> => {
      try {
        const admitted = admit(door, request, world);
        return isRefusal(admitted) ? admitted : await door.answer(admitted, world);
      } catch (error) {
        count('Faults');
        log({
          level: 'error',
          event: 'fault',
          requestId: request.requestId,
          route,
          ...described(error),
        });
        return refuse('try_again', { retryAfter: 5 });
      }
    };
    const answer = await answered();
    const reply = isRefusal(answer) ? door.refuse(answer, request, world) : answer;
    log({
      level: 'info',
      event: 'request',
      requestId: request.requestId,
      route,
      status: reply.status,
      ...(isRefusal(answer) && { code: answer.code }),
      milliseconds: Math.round(performance.now() - startedAt),
    });
    return toResult(reply);
  });
};
