import { isCanarys } from '../../contact/canary.ts';
import { type Item, queryItems, type Table } from './dynamodb.ts';

/** How many characters at either end of a local part make two addresses candidates for a typo. */
const length = 3;

const ends = (email: string) => {
  const local = email.slice(0, email.lastIndexOf('@'));
  return { start: local.slice(0, length), end: local.slice(-length) };
};

type Kind = 'claim' | 'request';

/** At most this many similar addresses are read from each of the two indexes, newest first. */
const candidates = 100;

/** The partitions of the `by-start` and `by-end` indexes where an address's neighbours are. */
const similarityPartitions = (kind: Kind, email: string): { start: string; end: string } => {
  const { start, end } = ends(email);
  return { start: `${kind}#${start}`, end: `${kind}#${end}` };
};

/** The index attributes of a claim or a request, none of the canary's; `at` in milliseconds since 1970. */
export const similarityKeys = (kind: Kind, email: string, at: number): Item =>
  isCanarys(email)
    ? {}
    : { ...similarityPartitions(kind, email), nearAt: new Date(at).toISOString() };

/** The neighbours of an address in both indexes: some are in it twice, and most are no typo. */
export const similarItems = async (table: Table, kind: Kind, email: string): Promise<Item[]> => {
  const near = similarityPartitions(kind, email);
  const pages = await Promise.all(
    (['start', 'end'] as const).map((name) =>
      queryItems(table, {
        IndexName: `by-${name}`,
        KeyConditionExpression: '#partition = :value',
        ExpressionAttributeNames: { '#partition': name },
        values: { ':value': near[name] },
        ScanIndexForward: false,
        Limit: candidates,
      }),
    ),
  );
  return pages.flatMap(({ items }) => items);
};
