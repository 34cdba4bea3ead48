import type { ClientCalls } from '../../api/client-calls.ts';
import type { Region } from '../../core/region.ts';
import { copy } from './copy.ts';
import type { Status } from './seen.ts';

/** The lists of invitations that staff work off, in the order of their menu. */
export const listNames = ['bounced', 'expiring', 'expired', 'never_accepted'] as const;
export type ListName = (typeof listNames)[number];

type Query = NonNullable<ClientCalls['GET /staff/invitations']['request']['query']>;

/** What the staff API is asked for; all but the bounced come with the earliest deadline first. */
export const queryOf = {
  bounced: { delivery: 'bounced' },
  expiring: { status: 'pending' },
  expired: { status: 'expired' },
  never_accepted: {},
} as const satisfies Record<ListName, Query>;

type Page = { readonly contacts: readonly Status[]; readonly next?: string | undefined };

/** The local day as `YYYY-MM-DD`, and which day of the week it is, Monday being 1 (ISO 8601). */
const dayIn = (timeZone: string, at: number) => {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
  return { date, weekday: new Date(date).getUTCDay() || 7 };
};

/** The last day of the calendar week, a Sunday, as `YYYY-MM-DD` in the region's time zone. */
export const endOfWeek = ({ timeZone }: Pick<Region, 'timeZone'>, now: number): string => {
  const { date, weekday } = dayIn(timeZone, now);
  const sunday = new Date(date);
  sunday.setUTCDate(sunday.getUTCDate() + 7 - weekday);
  return sunday.toISOString().slice(0, 10);
};

/** What of the API's page is on the list: links that outlive the week come last, and end it. */
export const onList = (name: ListName, page: Page, region: Region, now: number): Page => {
  if (name !== 'expiring') return page;
  const sunday = endOfWeek(region, now);
  const contacts = page.contacts.filter(
    ({ expiresAt }) =>
      expiresAt !== undefined && dayIn(region.timeZone, Date.parse(expiresAt)).date <= sunday,
  );
  return contacts.length === page.contacts.length ? page : { contacts };
};

/** Whether the API would resend to this contact now. */
export const canResend = ({ action, actionBlocked }: Status): boolean =>
  action === 'resend_invitation' && !actionBlocked;

export type Column = keyof typeof copy.workList.columns;
export const columns = Object.keys(copy.workList.columns) as readonly Column[];

/** Times as the API writes them sort as text. */
const values: Readonly<Record<Column, (status: Status) => string | undefined>> = {
  name: ({ name }) => name,
  contactId: ({ contactId }) => contactId,
  email: ({ email }) => email,
  status: ({ status }) => status,
  delivery: ({ delivery }) => delivery?.state,
  invited: ({ invitedAt }) => invitedAt,
  expires: ({ expiresAt }) => expiresAt,
};

export const cellOf = (column: Column, status: Status): string => values[column](status) ?? '';

/** A column, descending with a minus before it. */
export type Sort = Column | `-${Column}`;

/** The page's rows by a column, or as the API has them. */
export const sorted = (
  contacts: readonly Status[],
  sort: Sort | undefined,
  { locale }: Pick<Region, 'locale'>,
): readonly Status[] => {
  if (!sort) return contacts;
  const column = sort.replace('-', '') as Column;
  const { compare } = new Intl.Collator(locale, { numeric: true });
  const rising = contacts.toSorted((one, other) =>
    compare(cellOf(column, one), cellOf(column, other)),
  );
  return sort === column ? rising : rising.reverse();
};
