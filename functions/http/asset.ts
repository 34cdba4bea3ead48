import type { CoreDependencies } from '../../shared/core/dependencies.ts';
import type { Region } from '../../shared/core/region.ts';
import { bodylessRoute } from './api-route.ts';
import type { Response } from './response.ts';
import type { Route } from './route.ts';

type RegionOnly = Pick<CoreDependencies, 'region'>;

const oneYear = 'public, max-age=31536000, immutable';
const fiveMinutes = 'public, max-age=300';

/** A file of the pages; for good if it was asked for by its content. */
export const asset = <Dependencies extends RegionOnly>(
  type: string,
  contentFrom: (deps: Dependencies) => Promise<Buffer> | string,
  pathIn: (region: Region) => string,
): Route<Dependencies> =>
  bodylessRoute(
    async ({ query }, deps): Promise<Response> => ({
      status: 200,
      headers: {
        'Content-Type': type,
        'Cache-Control': pathIn(deps.region).endsWith(`?v=${query['v']}`) ? oneYear : fiveMinutes,
      },
      body: await contentFrom(deps),
    }),
  );

/** The stylesheet in the region's own colours. */
export const styleAsset = (
  styleOf: (colours: Region['brand']['colours']) => string,
  pathIn: (region: Region) => string,
) => asset('text/css; charset=utf-8', ({ region }) => styleOf(region.brand.colours), pathIn);

export const scriptAsset = (script: string, path: string) =>
  asset(
    'text/javascript; charset=utf-8',
    () => script,
    () => path,
  );
