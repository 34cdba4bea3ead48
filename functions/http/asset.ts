import type { CoreDependencies } from '../../shared/core/dependencies.ts';
import type { Region } from '../../shared/core/region.ts';
import { bodylessRoute } from './api-route.ts';
import type { Route } from './route.ts';

type Dependencies = Pick<CoreDependencies, 'region'>;

const oneYear = 'public, max-age=31536000, immutable';
const fiveMinutes = 'public, max-age=300';

/** A file of the pages; for good if it was asked for by its content. */
export const asset = (
  type: string,
  contentIn: (region: Region) => string,
  pathIn: (region: Region) => string,
): Route<Dependencies> =>
  bodylessRoute(({ query }, { region }) => ({
    status: 200,
    headers: {
      'Content-Type': type,
      'Cache-Control': pathIn(region).endsWith(`?v=${query['v']}`) ? oneYear : fiveMinutes,
    },
    body: contentIn(region),
  }));
