import type { Brand } from '../../core/brand.ts';

/** The mark on a tile. */
const tileOf = ({ mark, colours: { light } }: Brand, rounding: number): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="${rounding}" fill="${light.accent}"/>
<g transform="translate(4 3.5) scale(.75)">
<path d="${mark.shape}" fill="${light.paper}"/>
<path d="${mark.cut}" fill="${light.focus}"/>
</g>
</svg>
`;

/** For a browser's tab. */
export const faviconOf = (brand: Brand): string => tileOf(brand, 7);

/** For the home screen of a phone, which rounds the corners itself. */
export const touchIconOf = (brand: Brand): string => tileOf(brand, 0);
