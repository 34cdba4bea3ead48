import { refuse } from '../../shared/core/refusal.ts';
import { refuseAsPage } from '../http/page-route.ts';
import { problem } from '../http/problem.ts';
import type { Route } from '../http/serve.ts';
import type { PagesWorld } from './world.ts';

/** Whatever nothing else answers: a page for browsers, a problem for API callers. */
export const notFound: Route<PagesWorld> = {
  accepts: 'nothing',
  isForBrowsers: false,
  answer: () => refuse('not_found'),
  refuse: (refusal, request, world) =>
    request.headers['accept']?.includes('text/html')
      ? refuseAsPage(refusal, request, world)
      : problem(refusal, request),
};
