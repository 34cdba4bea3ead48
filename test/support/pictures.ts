import { drawIcons } from '../../infra/tools/icons.ts';
import type { Brand } from '../../shared/core/brand.ts';
import type { PictureName } from '../../shared/pages/assets/paths.ts';

/** Pictures as the build leaves them beside a bundle. */
export const picturesOf = (brand: Brand) => {
  const drawn = new Map(drawIcons(brand));
  return async (name: PictureName): Promise<Buffer> => drawn.get(name) ?? Promise.reject();
};
