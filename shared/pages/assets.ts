import { createHash } from 'node:crypto';
import { favicon } from './favicon.ts';
import { script } from './script.ts';
import { style } from './style.ts';

/** The address names the content, so a browser may keep it for good. */
const path = (name: string, content: string): string =>
  `${name}?v=${createHash('sha256').update(content).digest('base64url').slice(0, 10)}`;

export const stylePath = path('/style.css', style);
export const scriptPath = path('/script.js', script);
export const faviconPath = path('/favicon.svg', favicon);
