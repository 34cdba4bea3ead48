import type { Brand } from '../../../shared/core/brand.ts';
import type { Palette } from '../../../shared/core/palette.ts';
import type { Finding } from './rules.ts';

type Colour = keyof Palette;

const luminanceOf = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** The contrast ratio of two colours, 1 to 21 (WCAG 2.2, 'contrast ratio'). */
export const contrastOf = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [one, other].map(luminanceOf).sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

/** Text is to be read (WCAG 2.2, 1.4.3): each colour on each ground that it stands on. */
const texts: readonly (readonly [Colour, readonly Colour[]])[] = [
  ['ink', ['paper', 'card', 'goodPaper', 'badPaper']],
  ['soft', ['paper', 'card']],
  ['link', ['paper', 'card', 'goodPaper']],
  ['bad', ['paper', 'card', 'badPaper']],
  ['onAccent', ['accent', 'accentDeep']],
];
/** Fields, the mark and where the keyboard is are to be seen (1.4.11). */
const shapes: typeof texts = [
  ['edge', ['paper', 'card']],
  ['accent', ['paper', 'card']],
  ['focus', ['paper', 'card']],
];
const needed = [
  { pairs: texts, ratio: 4.5, criterion: '1.4.3' },
  { pairs: shapes, ratio: 3, criterion: '1.4.11' },
] as const;

/** The colours of a brand that cannot be told from what they stand on, and what to do. */
export const contrastFindings = ({ colours }: Brand, path: readonly string[]): Finding[] =>
  (['light', 'dark'] as const).flatMap((scheme) =>
    needed.flatMap(({ pairs, ratio, criterion }) =>
      pairs.flatMap(([colour, grounds]) =>
        grounds.flatMap((ground) => {
          const own = colours[scheme][colour];
          const behind = colours[scheme][ground];
          const contrast = contrastOf(own, behind);
          if (contrast >= ratio) return [];
          const way = luminanceOf(own) > luminanceOf(behind) ? 'lighter' : 'darker';
          return [
            {
              path: [...path, 'colours', scheme, colour],
              message: `must have a contrast of ${ratio} to ${ground} (${behind}) and has ${(Math.floor(contrast * 100) / 100).toFixed(2)}: choose a ${way} colour (WCAG 2.2, ${criterion})`,
            },
          ];
        }),
      ),
    ),
  );
