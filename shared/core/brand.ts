import * as z from 'zod/mini';
import { paletteSchema } from './palette.ts';

/** What clients open, whoever's it is. */
export const portal = 'Customer Portal';

/** An SVG path: letters and numbers, so that it is safe wherever it is drawn. */
const path = z
  .string()
  .check(z.regex(/^[MLHVCSQTAZ\d ,.-]{5,500}$/i, { error: 'must be the data of an SVG path' }));

/** Whose portal it is, and how it looks. */
export const brandSchema = z.strictObject({
  name: z.string().check(
    z.regex(/^[^\p{C}"<>]{2,40}$/u, {
      error: 'must be 2 to 40 characters without quotes, angle brackets or control characters',
    }),
  ),
  /** On a field of 32 by 32: a shape in the accent colour, and what is cut out of it. */
  mark: z.strictObject({ shape: path, cut: path }),
  colours: z.strictObject({ light: paletteSchema, dark: paletteSchema }),
});
export type Brand = z.infer<typeof brandSchema>;
