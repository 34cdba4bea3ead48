type Page<Row> = { readonly rows: readonly Row[]; readonly next?: string | undefined };
type Wanted = { readonly all?: true | undefined; readonly limit?: number | undefined };

/** One page, or all of them one after the other with `--all`. */
export const everyPage = async <Row>(
  { all, limit }: Wanted,
  page: (query: { limit?: number; cursor?: string }) => Promise<Page<Row>>,
): Promise<{ rows: Row[]; next?: string }> => {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const got = await page({ ...(limit && { limit }), ...(cursor && { cursor }) });
    rows.push(...got.rows);
    cursor = got.next;
  } while (all && cursor !== undefined);
  return { rows, ...(cursor !== undefined && { next: cursor }) };
};

/** Words below a list that is not all there is. */
export const withMore = (text: string, next: string | undefined): string =>
  next === undefined ? text : `${text}\n\nThere is more: add --all.`;
