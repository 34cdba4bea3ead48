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
import { asset, scriptAsset, styleAsset } from '../http/asset.ts';
import { pageRoute } from '../http/page-route.ts';

export const getStyle = styleAsset(styleOf, stylePath);
export const getScript = scriptAsset(script, scriptPath);
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
