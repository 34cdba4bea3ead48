import { createHash } from 'node:crypto';
import type { Region } from '../../core/region.ts';
import { script } from './script.ts';
import { styleOf } from './style.ts';

const versionOf = (content: string): string =>
  createHash('sha256').update(content).digest('base64url').slice(0, 10);

/** They name their content, so that a browser may keep them for good. */
export const scriptPath = `/staff-console/script.js?v=${versionOf(script)}`;
export const stylePath = ({ brand }: Region): string =>
  `/staff-console/style.css?v=${versionOf(styleOf(brand.colours))}`;
