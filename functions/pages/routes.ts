import { refuse } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';
import { bodylessRoute } from '../http/api-route.ts';
import { presentAsPage } from '../http/page-route.ts';
import { problem } from '../http/problem.ts';
import { json } from '../http/response.ts';
import type { Route, Routes } from '../http/route.ts';
import { getFavicon, getRobots, getScript, getStyle } from './assets.ts';
import { getChangePasswordAddress, getForgotPassword, getResetRequested } from './static-pages.ts';

/** Pages that are the same for everyone need nothing but where they are. */
export type Dependencies = { readonly region: Region; readonly version: string };

const getHealth = bodylessRoute((_, { region, version }: Dependencies) =>
  json(200, { region: region.code, version }),
);

/** Whatever nothing else answers: a page for browsers, a problem for API callers. */
const notFound: Route<Dependencies> = {
  answer: () => refuse('not_found'),
  present: (refusal, request, region) =>
    request.headers['accept']?.includes('text/html')
      ? presentAsPage(refusal, request, region)
      : problem(refusal, request),
};

export const routes = {
  'GET /forgot-password': getForgotPassword,
  'GET /forgot-password/sent': getResetRequested,
  'GET /.well-known/change-password': getChangePasswordAddress,
  'GET /robots.txt': getRobots,
  'GET /favicon.svg': getFavicon,
  'GET /style.css': getStyle,
  'GET /script.js': getScript,
  'GET /api/health': getHealth,
  'ANY /{proxy+}': notFound,
} satisfies Routes<Dependencies>;
