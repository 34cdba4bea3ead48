import { readFile } from 'node:fs/promises';
import middy from '@middy/core';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { readEnvironment } from '../../shared/core/environment.ts';
import { pictureFile } from '../../shared/pages/assets/paths.ts';
import { dispatch } from '../http/route.ts';
import { requestLog } from '../middleware/request-log.ts';
import { respond } from '../middleware/respond.ts';
import { securityHeaders } from '../middleware/security-headers.ts';
import { type Dependencies, routes } from './routes.ts';

/** Pages and files that are the same for everyone; no AWS rights. */
export const pipeline = (deps: Dependencies) =>
  middy<APIGatewayProxyEvent>()
    .use(requestLog())
    .use(securityHeaders())
    .use(respond(routes, deps))
    .use(httpHeaderNormalizer())
    .handler(dispatch(routes, deps));

const { PORTAL_REGION: region, VERSION: version } = readEnvironment(['PORTAL_REGION', 'VERSION']);

export const handler = pipeline({
  region,
  version,
  picture: (name) => readFile(new URL(pictureFile(region.brand, name), import.meta.url)),
});
