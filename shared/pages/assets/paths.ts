/**
 * Names the assets' content, so that a browser may keep them for good. Written down and not
 * calculated: functions that only draw pages need no stylesheet. A test says what it has to be.
 */
const version = 'PM0L4SuJth';

export const stylePath = `/style.css?v=${version}`;
export const scriptPath = `/script.js?v=${version}`;
export const faviconPath = `/favicon.svg?v=${version}`;
