import { scriptPath, stylePath } from '../../shared/staff-console/assets/paths.ts';
import { script } from '../../shared/staff-console/assets/script.ts';
import { styleOf } from '../../shared/staff-console/assets/style.ts';
import { scriptAsset, styleAsset } from '../http/asset.ts';

export const getStyle = styleAsset(styleOf, stylePath);
export const getScript = scriptAsset(script, scriptPath);
