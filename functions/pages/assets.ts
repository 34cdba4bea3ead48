import { favicon } from '../../shared/pages/assets/favicon.ts';
import { faviconPath, scriptPath, stylePath } from '../../shared/pages/assets/paths.ts';
import { script } from '../../shared/pages/assets/script.ts';
import { style } from '../../shared/pages/assets/style.ts';
import { pageRoute } from '../http/page-route.ts';
import type { Route } from '../http/route.ts';

const oneYear = 'public, max-age=31536000, immutable';
const fiveMinutes = 'public, max-age=300';

/** A file of the pages; for good if it was asked for by its content. */
const asset = (content: string, path: string, type: string): Route<unknown> =>
  pageRoute(({ query }) => ({
    status: 200,
    headers: {
      'Content-Type': type,
      'Cache-Control': path.endsWith(`?v=${query['v']}`) ? oneYear : fiveMinutes,
    },
    body: content,
  }));

export const getStyle = asset(style, stylePath, 'text/css; charset=utf-8');
export const getScript = asset(script, scriptPath, 'text/javascript; charset=utf-8');
export const getFavicon = asset(favicon, faviconPath, 'image/svg+xml');

/** `GET /robots.txt`: there is nothing here for a search engine. */
export const getRobots = pageRoute<unknown>(() => ({
  status: 200,
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'public, max-age=86400',
  },
  body: 'User-agent: *\nDisallow: /\n',
}));
