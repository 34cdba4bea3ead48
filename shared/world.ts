import type { Accounts } from './account/accounts.ts';
import type { SignIns } from './account/sign-ins.ts';
import type { Claims, Contacts } from './contact/contacts.ts';
import type { History } from './contact/history.ts';
import type { Due, TimelineRecords } from './contact/records.ts';
import type { Region } from './core/region.ts';
import type { Moment } from './core/rule-context.ts';
import type { ResetAttempts } from './diagnosis/reset-attempts.ts';
import type { Mail, Suppressions } from './email/mail.ts';
import type { WorkList } from './invitation/work-list.ts';
import type { ResetRequests } from './reset/reset-requests.ts';

/** All that actions can need; each names the parts it uses, and functions are given no others. */
export type World = {
  readonly region: Region;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly newSecret: () => string;
  readonly contacts: Contacts;
  readonly claims: Claims;
  readonly timeline: TimelineRecords;
  readonly history: History;
  readonly workList: WorkList;
  readonly evidence: ResetAttempts;
  readonly due: Due;
  readonly requests: ResetRequests;
  readonly signIns: SignIns;
  readonly accounts: Accounts;
  readonly mail: Mail;
  readonly suppressions: Suppressions;
};

/** The parts of the world that every action may use freely. */
export type Given = 'region' | 'now' | 'newId';

/** One moment of the world, for rules. */
export const momentOf = ({ now, newId }: Pick<World, 'now' | 'newId'>): Moment => ({
  now: now(),
  newId,
});
