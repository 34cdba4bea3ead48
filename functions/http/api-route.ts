import type * as z from 'zod/mini';
import { isRefusal } from '../../shared/core/refusal.ts';
import { problem } from './problem.ts';
import { parse, type Request } from './request.ts';
import type { Outcome, Route } from './route.ts';

type ApiRoute<Body, Dependencies> = {
  readonly body: z.ZodMiniType<Body>;
  readonly answer: (body: Body, deps: Dependencies, request: Request) => Promise<Outcome> | Outcome;
};

/** A route of the public API that takes JSON of one schema. */
export const apiRoute = <Body, Dependencies>({
  body: schema,
  answer,
}: ApiRoute<Body, Dependencies>): Route<Dependencies> => ({
  accepts: 'json',
  present: problem,
  answer: (request, deps) => {
    const body = parse(schema, request.body ?? {});
    return isRefusal(body) ? body : answer(body, deps, request);
  },
});

/** A route of the public API without a body. */
export const bodylessRoute = <Dependencies>(
  answer: Route<Dependencies>['answer'],
): Route<Dependencies> => ({ present: problem, answer });
