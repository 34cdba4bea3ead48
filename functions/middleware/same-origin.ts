import type { Region } from '../../shared/core/region.ts';
import type { Request } from '../http/request.ts';

/**
 * Whether a state-changing request came from our own pages: by Fetch Metadata, or by Origin where
 * a browser sends none (OWASP ASVS 5.0, 3.5.1). Callers that are no browsers send neither.
 */
export const isSameOrigin = ({ headers }: Request, region: Pick<Region, 'origin'>): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const origin = headers['origin'];
  return origin === undefined || origin === region.origin;
};
