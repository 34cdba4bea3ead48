/** How many characters at either end of a local part make two addresses candidates for a slip. */
const length = 3;

const ends = (email: string) => {
  const local = email.slice(0, email.lastIndexOf('@'));
  return { start: local.slice(0, length), end: local.slice(-length) };
};

type Kind = 'claim' | 'request';

/** The partitions of the `by-start` and `by-end` indexes where an address's neighbours are. */
export const nearPartitions = (kind: Kind, email: string): { start: string; end: string } => {
  const { start, end } = ends(email);
  return { start: `${kind}#${start}`, end: `${kind}#${end}` };
};

/** The index attributes of a claim or a request; `at` in milliseconds since 1970. */
export const nearKeys = (kind: Kind, email: string, at: number) => ({
  ...nearPartitions(kind, email),
  nearAt: new Date(at).toISOString(),
});
