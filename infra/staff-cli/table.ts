/** What a terminal would obey instead of showing it. */
const controls = /\p{Cc}/gu;

/** Lines of columns; the last column is as long as it is. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const clean = rows.map((row) => row.map((cell) => cell.replace(controls, ' ')));
  const widths = (clean[0] ?? []).map((_, column) =>
    Math.max(...clean.map((row) => row[column]?.length ?? 0)),
  );
  return clean
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** `2026-06-01 02:00`, in the region's time zone: a form that sorts. */
export const shortTime = ({ timeZone }: { readonly timeZone: string }, iso: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(iso),
  );
