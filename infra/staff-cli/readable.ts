import type * as z from 'zod/mini';
import type {
  diagnosisResponse,
  timelineResponse,
  workListResponse,
} from '../../shared/api/read-schema.ts';
import type { statusResponse } from '../../shared/api/status-schema.ts';
import { dateAndTime, zoneName } from '../../shared/core/dates.ts';
import type { regions } from '../stacks/configuration/regions.ts';

/** What a terminal would obey instead of showing it. */
const controls = /\p{Cc}/gu;

/** Lines of columns; the last column is as long as it is. */
const table = (rows: readonly (readonly string[])[]): string => {
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
const shortTime = ({ timeZone }: { readonly timeZone: string }, iso: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(iso),
  );

type Zone = (typeof regions)[keyof typeof regions];

type Status = z.output<typeof statusResponse>;
type WorkList = z.output<typeof workListResponse>;
type Timeline = z.output<typeof timelineResponse>;
type Diagnosis = z.output<typeof diagnosisResponse>;

const times = ['invitedAt', 'expiresAt', 'acceptedAt', 'lastSignInAt'] as const;
const labels = {
  invitedAt: 'invited',
  expiresAt: 'link works until',
  acceptedAt: 'account since',
  lastSignInAt: 'last signed in',
} as const;

const blockedWords = ({ actionBlocked: blocked }: Status, zone: Zone): string[] => {
  if (!blocked) return [];
  const until = blocked.until ? ` until ${dateAndTime(zone, Date.parse(blocked.until))}` : '';
  return [`but not now: ${blocked.code.replaceAll('_', ' ')}${until}`];
};

export const readableStatus = (status: Status, zone: Zone): string => {
  const { contactId, name, email, delivery, invitedBy, sends, summary, warnings = [] } = status;
  const rows: string[][] = [
    ['contact', contactId],
    ['status', status.status],
    ...(name === undefined ? [] : [['name', name]]),
    ...(email === undefined ? [] : [['email', email]]),
    ...times.flatMap((field) => {
      const at = status[field];
      return at === undefined ? [] : [[labels[field], dateAndTime(zone, Date.parse(at))]];
    }),
    ...(invitedBy === undefined ? [] : [['invited by', `${invitedBy} (${sends ?? 1} sent)`]]),
    ...(delivery
      ? [['email is', [delivery.state, delivery.detail].filter(Boolean).join(': ')]]
      : []),
    ['press', [status.action.replace('_', ' '), ...blockedWords(status, zone)].join(', ')],
  ];
  return [summary, '', table(rows), ...warnings.map(({ message }) => `Warning: ${message}`)].join(
    '\n',
  );
};

export const readableList = (contacts: WorkList['contacts'], zone: Zone): string =>
  contacts.length === 0
    ? 'Nobody.'
    : table([
        ['contact', 'status', 'invited', 'link until', 'email is', 'address', 'name'],
        ...contacts.map((one) => [
          one.contactId,
          one.status,
          one.invitedAt ? shortTime(zone, one.invitedAt) : '',
          one.expiresAt ? shortTime(zone, one.expiresAt) : '',
          one.delivery?.state ?? '',
          one.email ?? '',
          one.name ?? '',
        ]),
      ]);

export const readableTimeline = (entries: Timeline['entries'], zone: Zone): string =>
  entries.length === 0
    ? 'Nothing happened yet.'
    : table([
        [zoneName(zone), 'what', 'by', 'detail'],
        ...entries.map(({ at, what, by, detail = '' }) => [
          shortTime(zone, at),
          what.replaceAll('_', ' '),
          by,
          detail,
        ]),
      ]);

export const readableDiagnosis = ({ summary, findings, facts }: Diagnosis, zone: Zone): string =>
  [
    ...(facts.contactId ? [`Contact ${facts.contactId}`] : []),
    summary,
    ...findings.map(({ code, severity, title, advice, action }) =>
      [
        '',
        `${severity}: ${title} (${code})`,
        `  ${advice}`,
        ...(action ? [`  To do: ${action.replaceAll('_', ' ')}`] : []),
      ].join('\n'),
    ),
    ...(facts.asked?.attempts.length
      ? [
          '',
          `Resets asked for (${zoneName(zone)}):`,
          table(
            facts.asked.attempts.map(({ at, email, outcome = '' }) => [
              `  ${shortTime(zone, at)}`,
              email,
              outcome.replaceAll('_', ' '),
            ]),
          ),
        ]
      : []),
  ].join('\n');
