import { readConfiguration } from '../../infra/configuration.ts';
import type { Region, RegionCode } from '../../shared/region.ts';

const rows = readConfiguration({ PORTAL_STAGE: 'prod' }).map(({ region }) => region);

/** A region's row as it is deployed. */
export const regionOf = (code: RegionCode): Region => {
  const region = rows.find((row) => row.code === code);
  if (!region) throw new Error(`No row for ${code}.`);
  return region;
};
