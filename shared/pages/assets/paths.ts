import { createHash } from 'node:crypto';
import type { Brand } from '../../core/brand.ts';
import type { Region } from '../../core/region.ts';

/**
 * Names the assets' content, so that a browser may keep them for good. The build puts a hash of
 * them here: functions that only draw pages need no stylesheet.
 */
const version = process.env['ASSETS_VERSION'] ?? 'unbundled';

export const scriptPath = `/script.js?v=${version}`;

/** Names a mark and its colours. */
export const versionOf = (brand: Brand): string =>
  createHash('sha256').update(JSON.stringify(brand)).digest('base64url').slice(0, 6);

/** What is drawn in a region's mark and colours changes with them, too. */
const inBrand =
  (path: string) =>
  ({ brand }: Region): string =>
    `${path}?v=${version}-${versionOf(brand)}`;

export const stylePath = inBrand('/style.css');
export const faviconPath = inBrand('/favicon.svg');
/** For browsers that know no other, and programs that have not read a page. */
export const iconPath = inBrand('/favicon.ico');
export const touchIconPath = inBrand('/apple-touch-icon.png');

export type PictureName = 'favicon.ico' | 'apple-touch-icon.png';

/** Where the build leaves a brand's picture, seen from the bundle of the pages. */
export const pictureFile = (brand: Brand, name: PictureName): string =>
  `pictures/${versionOf(brand)}/${name}`;
