import { createHash } from 'node:crypto';
import type { Region } from '../../core/region.ts';

/**
 * Names the assets' content, so that a browser may keep them for good. The build puts a hash of
 * them here: functions that only draw pages need no stylesheet.
 */
const version = process.env['ASSETS_VERSION'] ?? 'unbundled';

export const scriptPath = `/script.js?v=${version}`;

/** What is drawn in a region's mark and colours changes with them, too. */
const versionIn = ({ brand }: Region): string =>
  `${version}-${createHash('sha256').update(JSON.stringify(brand)).digest('base64url').slice(0, 6)}`;

export const stylePath = (region: Region): string => `/style.css?v=${versionIn(region)}`;
export const faviconPath = (region: Region): string => `/favicon.svg?v=${versionIn(region)}`;
