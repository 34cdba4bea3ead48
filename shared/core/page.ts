/** One page of a list; `next` is where the next one begins, if there is more. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly next?: string };
