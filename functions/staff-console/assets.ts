import { scriptPath, stylePath } from '../../shared/staff-console/assets/paths.ts';
import { script } from '../../shared/staff-console/assets/script.ts';
import { styleOf } from '../../shared/staff-console/assets/style.ts';
import { asset } from '../http/asset.ts';

export const getStyle = asset(
  'text/css; charset=utf-8',
  ({ region }) => styleOf(region.brand.colours),
  stylePath,
);
export const getScript = asset(
  'text/javascript; charset=utf-8',
  () => script,
  () => scriptPath,
);
