import type { Region } from '../../shared/core/region.ts';

/** Pages that are the same for everyone need nothing of the world but where they are. */
export type PagesWorld = { readonly region: Region; readonly version: string };
