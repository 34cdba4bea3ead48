import type { Region } from '../../shared/core/region.ts';
import { faviconOf } from '../../shared/pages/assets/icons.ts';
import {
  faviconPath,
  iconPath,
  type PictureName,
  scriptPath,
  stylePath,
  touchIconPath,
} from '../../shared/pages/assets/paths.ts';
import { script } from '../../shared/pages/assets/script.ts';
import { styleOf } from '../../shared/pages/assets/style.ts';
import { asset } from '../http/asset.ts';
import { pageRoute } from '../http/page-route.ts';

export const getStyle = asset(
  'text/css; charset=utf-8',
  ({ region }) => styleOf(region.brand.colours),
  stylePath,
);
export const getScript = asset(
  'text/javascript; charset=utf-8',
  () => script,
  () => scriptPath,
);
export const getFavicon = asset(
  'image/svg+xml',
  ({ region }) => faviconOf(region.brand),
  faviconPath,
);

/** Finds a picture that the build has drawn. */
export type Picture = (name: PictureName) => Promise<Buffer>;
type Drawn = { readonly region: Region; readonly picture: Picture };

export const getIcon = asset(
  'image/x-icon',
  ({ picture }: Drawn) => picture('favicon.ico'),
  iconPath,
);
export const getTouchIcon = asset(
  'image/png',
  ({ picture }: Drawn) => picture('apple-touch-icon.png'),
  touchIconPath,
);

/** `GET /robots.txt`: there is nothing here for a search engine. */
export const getRobots = pageRoute<unknown>(() => ({
  status: 200,
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'public, max-age=86400',
  },
  body: 'User-agent: *\nDisallow: /\n',
}));
