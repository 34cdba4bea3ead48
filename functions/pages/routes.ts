import type * as z from 'zod/mini';
import type { healthResponse } from '../../shared/api/public-calls.ts';
import { allowedMethods } from '../../shared/api/routes.ts';
import { refuse } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';
import { bodylessRoute } from '../http/api-route.ts';
import { presentAsPage } from '../http/page-route.ts';
import { problem } from '../http/problem.ts';
import { json } from '../http/response.ts';
import type { Route, Routes } from '../http/route.ts';
import {
  getFavicon,
  getIcon,
  getRobots,
  getScript,
  getStyle,
  getTouchIcon,
  type Picture,
} from './assets.ts';
import {
  getChangePasswordAddress,
  getForgotPassword,
  getRenewalRequested,
  getResetRequested,
} from './static-pages.ts';

/** Pages that are the same for everyone need nothing but where they are and what was drawn for them. */
export type Dependencies = {
  readonly region: Region;
  readonly version: string;
  readonly picture: Picture;
};

const getHealth = bodylessRoute((_, { region, version }: Dependencies) =>
  json(200, { region: region.code, version } satisfies z.output<typeof healthResponse>),
);

/** A page for browsers, a problem for API callers. */
const presentToAnyone: Route<Dependencies>['present'] = (refusal, request, region) =>
  request.headers['accept']?.includes('text/html')
    ? presentAsPage(refusal, request, region)
    : problem(refusal, request);

/** Whatever nothing else answers: an unknown path, or another method of a known one. */
const notFound: Route<Dependencies> = {
  present: presentToAnyone,
  answer: (request, { region }) => {
    const Allow = allowedMethods(request.resource);
    if (Allow === undefined) return refuse('not_found');
    const response = presentToAnyone(refuse('method_not_allowed'), request, region);
    return { ...response, headers: { ...response.headers, Allow } };
  },
};

export const routes = {
  'GET /forgot-password': getForgotPassword,
  'GET /forgot-password/sent': getResetRequested,
  'GET /invitation/renewal': getRenewalRequested,
  'GET /.well-known/change-password': getChangePasswordAddress,
  'GET /robots.txt': getRobots,
  'GET /favicon.svg': getFavicon,
  'GET /favicon.ico': getIcon,
  'GET /apple-touch-icon.png': getTouchIcon,
  'GET /style.css': getStyle,
  'GET /script.js': getScript,
  'GET /api/health': getHealth,
  'ANY /{proxy+}': notFound,
} satisfies Routes<Dependencies>;
