import type { WorkList, WorkListQuery } from '../invitation/work-list.ts';
import { storedContact } from './contacts.ts';
import { type Item, queryItems, type Table } from './table/dynamodb.ts';
import { readMany } from './table/read-many.ts';

/** Sort keys are `<time>#<contactId>`, so each is unique and says where a page ended. */
const after = (from: string): string => `${from} `; // Nothing fits between a key and this.
const first = '0';
const last = '~';

const instant = (at: number): string => new Date(at).toISOString();

/** Where contacts of a status are: pending ones are sorted by their deadline, and may be expired. */
const rangeOf = (status: string | undefined, now: number) => {
  if (status === 'accepted' || status === 'revoked')
    return { state: status, from: first, to: last };
  if (status === 'pending') return { state: 'pending', from: `${instant(now)}~`, to: last };
  if (status === 'expired') return { state: 'pending', from: first, to: `${instant(now)}~` };
  return { state: 'pending', from: first, to: last };
};

type Range = ReturnType<typeof rangeOf>;

/** Whether a contact is on the list by its item, which may be newer than its place in the index. */
const isOn = ({ state, from, to }: Range, asked: Pick<WorkListQuery, 'status' | 'delivery'>) => {
  const hasStatus = asked.delivery === undefined || asked.status !== undefined;
  return (item: Item): boolean => {
    const at = String(item['statusAt']);
    return (
      (asked.delivery === undefined || item['delivery'] === asked.delivery) &&
      (!hasStatus || (item['status'] === state && from <= at && at <= to))
    );
  };
};

/** The items of places in an index, in its order. */
const itemsAt = async (table: Table, places: readonly Item[]): Promise<Item[]> => {
  const keys = places.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
  const items = new Map((await readMany(table, keys)).map((item) => [item['pk'], item]));
  return places.flatMap(({ pk }) => {
    const item = items.get(pk);
    return item ? [item] : [];
  });
};

/** The work list reads one page of one index, and its contacts (docs/decisions/work-list-pages.md). */
export const workListIn = (table: Table): WorkList => ({
  page: async (query, now) => {
    const { status, delivery, limit, from } = query;
    const range = rangeOf(status, now);
    const by = delivery
      ? { IndexName: 'by-delivery', partition: 'delivery', sort: 'deliveryAt' }
      : { IndexName: 'by-status', partition: 'status', sort: 'statusAt' };
    const isFiltered = delivery !== undefined && status !== undefined;
    const start = delivery ? first : range.from;
    const { items, last: stopped } = await queryItems(table, {
      IndexName: by.IndexName,
      KeyConditionExpression: '#partition = :partition AND #sort BETWEEN :from AND :to',
      ...(isFiltered && {
        FilterExpression: '#status = :status AND #statusAt BETWEEN :since AND :until',
      }),
      ExpressionAttributeNames: {
        '#partition': by.partition,
        '#sort': by.sort,
        ...(isFiltered && { '#status': 'status', '#statusAt': 'statusAt' }),
      },
      values: {
        ':partition': delivery ?? range.state,
        ':from': from !== undefined && from > start ? after(from) : start,
        ':to': delivery ? last : range.to,
        ...(isFiltered && { ':status': range.state, ':since': range.from, ':until': range.to }),
      },
      Limit: limit + 1, // One more tells whether there is more.
    });
    const shown = items.slice(0, limit);
    const next = items.length > limit ? shown.at(-1)?.[by.sort] : stopped?.[by.sort]?.S;
    const found = await itemsAt(table, shown);
    return {
      rows: found.filter(isOn(range, query)).map(storedContact),
      ...(next !== undefined && { next: String(next) }),
    };
  },
});
