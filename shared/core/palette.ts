import type * as z from 'zod/mini';
import type { paletteSchema } from './region-schema.ts';

/** The colours of pages, emails and the staff console, each by what it is for. */
export type Palette = Readonly<z.infer<typeof paletteSchema>>;

/** Warm paper, a deep blue, ink. */
const light: Palette = {
  paper: '#f8f3ea',
  card: '#fffdf8',
  ink: '#2a2521',
  soft: '#625a51',
  line: '#e2d8c8',
  edge: '#86796a',
  accent: '#123a5a',
  accentDeep: '#0c2a42',
  onAccent: '#ffffff',
  link: '#0b4f82',
  bad: '#a02a1c',
  badPaper: '#fdeee9',
  goodPaper: '#e6eef4',
  focus: '#c4500f',
};

const dark: Palette = {
  paper: '#191816',
  card: '#23211e',
  ink: '#f2ede4',
  soft: '#bdb2a4',
  line: '#3a3631',
  edge: '#8d8377',
  accent: '#8fc4ea',
  accentDeep: '#b5dbf5',
  onAccent: '#0e1b26',
  link: '#8fc4ea',
  bad: '#ffa898',
  badPaper: '#3a211c',
  goodPaper: '#1f2c37',
  focus: '#ffb061',
};

/** The product's own look: what a region's row begins with. */
export const palette: Readonly<Record<'light' | 'dark', Palette>> = { light, dark };

/** The palette as CSS custom properties: `accentDeep` is `--accent-deep`. */
export const customProperties = (colours: Palette): string =>
  Object.entries(colours)
    .map(
      ([name, value]) =>
        `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${value};`,
    )
    .join(' ');
