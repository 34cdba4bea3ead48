import type * as z from 'zod/mini';
import type { allowance, limitsSchema, regionSchema } from './region-schema.ts';

/** The regions this product knows. Nothing crosses from one to another. */
export const regionCodes = ['AU', 'NZ', 'US'] as const;
export type RegionCode = (typeof regionCodes)[number];

/** `count` emails within `seconds`. */
export type Allowance = z.infer<typeof allowance>;

/** The configured numbers that functions read; durations are in seconds. */
export type Limits = z.infer<typeof limitsSchema>;

/** What pages, emails and rules may know of their region: plain data, safe to show. */
export type Region = z.infer<typeof regionSchema>;

/** Plain http exists only for a portal on this very machine; everything else is served over TLS. */
export const isSecure = (region: Pick<Region, 'origin'>): boolean =>
  region.origin.startsWith('https:');
