import type * as z from 'zod/mini';
import { isRefusal, type Refusal } from '../../shared/core/refusal.ts';
import { problem } from './problem.ts';
import { type Request, read } from './request.ts';
import type { Reply } from './response.ts';
import type { Door } from './serve.ts';

type ApiDoor<Body, World> = {
  readonly body: z.ZodMiniType<Body>;
  readonly answer: (
    body: Body,
    world: World,
    request: Request,
  ) => Promise<Reply | Refusal> | Reply | Refusal;
};

/** A door of the public API that takes JSON of one schema. */
export const apiDoor = <Body, World>({ body, answer }: ApiDoor<Body, World>): Door<World> => ({
  accepts: 'json',
  isForBrowsers: true,
  refuse: problem,
  answer: (request, world) => {
    const input = read(body, request.body);
    return isRefusal(input) ? input : answer(input, world, request);
  },
});

/** A door of the public API without a body. */
export const bareApiDoor = <World>(answer: Door<World>['answer']): Door<World> => ({
  accepts: 'nothing',
  isForBrowsers: true,
  refuse: problem,
  answer,
});
