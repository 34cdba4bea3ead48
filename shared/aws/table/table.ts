/** The one table of a region: names that the construct, the adapters and the event filter share. */
export const key = { partition: 'pk', sort: 'sk' } as const;

/**
 * Items with this attribute have work that is due, and its value is the lane; each lane has a
 * stream mapping that passes only its own on. It is a number: Lambda's event filter matches the
 * value's type too.
 */
export const pendingAttribute = 'pending';
export const lanes = { urgent: 1, background: 2 } as const;

/** Seconds since 1970 after which DynamoDB may delete an item. Code never relies on it. */
export const timeToLiveAttribute = 'expires';

type Index = {
  readonly partition: string;
  readonly sort: { readonly name: string; readonly type: 'S' | 'N' };
  /** The keys only, or the keys and those named: with more, every write of an item would write there too. */
  readonly projects: 'keys' | readonly string[];
};

/** Sparse indexes: an item is in one only while it has both of its attributes. */
export const indexes = {
  'by-status': { partition: 'status', sort: { name: 'statusAt', type: 'S' }, projects: 'keys' },
  'by-delivery': {
    partition: 'delivery',
    sort: { name: 'deliveryAt', type: 'S' },
    projects: ['status', 'statusAt'],
  },
  'by-start': { partition: 'start', sort: { name: 'nearAt', type: 'S' }, projects: ['contactId'] },
  'by-end': { partition: 'end', sort: { name: 'nearAt', type: 'S' }, projects: ['contactId'] },
  due: { partition: 'due', sort: { name: 'dueAt', type: 'N' }, projects: 'keys' },
} as const satisfies Record<string, Index>;

/** How partition keys start; the reset-request function may write `request` keys and no others. */
export const partitions = {
  contact: 'CONTACT#',
  claim: 'EMAIL#',
  request: 'REQUEST#',
  signIns: 'SIGN-INS#',
  budget: 'BUDGET#',
  staffSession: 'STAFF-SESSION#',
} as const;
