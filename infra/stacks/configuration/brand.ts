import type { Brand } from '../../../shared/core/brand.ts';
import { palette } from '../../../shared/core/palette.ts';

/** The franchise's name, its mark (a house with a door) and its colours. */
export const franchise: Brand = {
  name: 'G.J. Gardner Homes',
  mark: { shape: 'M4 15 16 5l12 10v13H4z', cut: 'M13 28v-9h6v9z' },
  colours: palette,
};
