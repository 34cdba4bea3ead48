import type * as z from 'zod/mini';
import { isRefusal, type Refusal } from '../../shared/core/refusal.ts';
import { problem } from './problem.ts';
import { type Request, parse } from './request.ts';
import type { Response } from './response.ts';
import type { Route } from './serve.ts';

type ApiRoute<Body, World> = {
  readonly body: z.ZodMiniType<Body>;
  readonly answer: (
    body: Body,
    world: World,
    request: Request,
  ) => Promise<Response | Refusal> | Response | Refusal;
};

/** A door of the public API that takes JSON of one schema. */
export const apiRoute = <Body, World>({ body, answer }: ApiRoute<Body, World>): Route<World> => ({
  accepts: 'json',
  isForBrowsers: true,
  refuse: problem,
  answer: (request, world) => {
    const input = parse(body, request.body);
    return isRefusal(input) ? input : answer(input, world, request);
  },
});

/** A door of the public API without a body. */
export const bodylessRoute = <World>(answer: Route<World>['answer']): Route<World> => ({
  accepts: 'nothing',
  isForBrowsers: true,
  refuse: problem,
  answer,
});
