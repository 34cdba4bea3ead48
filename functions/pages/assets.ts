import type { CoreDependencies } from '../../shared/core/dependencies.ts';
import type { Region } from '../../shared/core/region.ts';
import { faviconOf } from '../../shared/pages/assets/favicon.ts';
import { faviconPath, scriptPath, stylePath } from '../../shared/pages/assets/paths.ts';
import { script } from '../../shared/pages/assets/script.ts';
import { styleOf } from '../../shared/pages/assets/style.ts';
import { pageRoute } from '../http/page-route.ts';
import type { Route } from '../http/route.ts';

type Dependencies = Pick<CoreDependencies, 'region'>;

const oneYear = 'public, max-age=31536000, immutable';
const fiveMinutes = 'public, max-age=300';

/** A file of the pages; for good if it was asked for by its content. */
const asset = (
  type: string,
  contentIn: (region: Region) => string,
  pathIn: (region: Region) => string,
): Route<Dependencies> =>
  pageRoute(({ query }, { region }) => ({
    status: 200,
    headers: {
      'Content-Type': type,
      'Cache-Control': pathIn(region).endsWith(`?v=${query['v']}`) ? oneYear : fiveMinutes,
    },
    body: contentIn(region),
  }));

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
