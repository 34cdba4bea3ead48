import { readEnvironment } from '../../shared/core/environment.ts';
import { serve } from '../http/serve.ts';
import { getFavicon, getRobots, getScript, getStyle } from './assets.ts';
import { getHealth } from './health.ts';
import { notFound } from './not-found.ts';
import {
  getChangePasswordAddress,
  getForgotPassword,
  getHome,
  getLogin,
  getResetRequested,
} from './static-pages.ts';
import type { PagesWorld } from './world.ts';

export const routes = {
  'GET /': getHome,
  'GET /login': getLogin,
  'GET /forgot-password': getForgotPassword,
  'GET /forgot-password/sent': getResetRequested,
  'GET /.well-known/change-password': getChangePasswordAddress,
  'GET /robots.txt': getRobots,
  'GET /favicon.svg': getFavicon,
  'GET /style.css': getStyle,
  'GET /script.js': getScript,
  'GET /api/health': getHealth,
  'ANY /{proxy+}': notFound,
};

const open = (): PagesWorld => {
  const { PORTAL_REGION: region, VERSION: version } = readEnvironment(['PORTAL_REGION', 'VERSION']);
  return { region, version };
};

export const handler = serve(routes, open);
