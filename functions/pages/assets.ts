import { faviconOf } from '../../shared/pages/assets/favicon.ts';
import { faviconPath, scriptPath, stylePath } from '../../shared/pages/assets/paths.ts';
import { script } from '../../shared/pages/assets/script.ts';
import { styleOf } from '../../shared/pages/assets/style.ts';
import { asset } from '../http/asset.ts';
import { pageRoute } from '../http/page-route.ts';

export const getStyle = asset(
  'text/css; charset=utf-8',
  ({ brand }) => styleOf(brand.colours),
  stylePath,
);
export const getScript = asset(
  'text/javascript; charset=utf-8',
  () => script,
  () => scriptPath,
);
export const getFavicon = asset('image/svg+xml', ({ brand }) => faviconOf(brand), faviconPath);

/** `GET /robots.txt`: there is nothing here for a search engine. */
export const getRobots = pageRoute<unknown>(() => ({
  status: 200,
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'public, max-age=86400',
  },
  body: 'User-agent: *\nDisallow: /\n',
}));
