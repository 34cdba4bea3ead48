import type { Region } from '../../shared/core/region.ts';

/** Pages that are the same for everyone need nothing but where they are. */
export type Dependencies = { readonly region: Region; readonly version: string };
