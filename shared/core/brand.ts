import type * as z from 'zod/mini';
import type { brandSchema } from './region-schema.ts';

/** What clients open, whoever's it is. */
export const portal = 'Customer Portal';

export type Brand = z.infer<typeof brandSchema>;
