import type { Brand } from '../../core/brand.ts';

/** The mark on a tile, for a browser's tab. */
export const faviconOf = ({ mark, colours: { light } }: Brand): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="${light.accent}"/>
<g transform="translate(4 3.5) scale(.75)">
<path d="${mark.shape}" fill="${light.paper}"/>
<path d="${mark.cut}" fill="${light.focus}"/>
</g>
</svg>
`;
