/**
 * Names the assets' content, so that a browser may keep them for good. The build puts a hash of
 * them here: functions that only draw pages need no stylesheet.
 */
const version = process.env['ASSETS_VERSION'] ?? 'unbundled';

export const stylePath = `/style.css?v=${version}`;
export const scriptPath = `/script.js?v=${version}`;
export const faviconPath = `/favicon.svg?v=${version}`;
