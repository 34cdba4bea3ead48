import type { Limits } from '../../../shared/core/region.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A function that answers a person may run this long; API Gateway itself gives up after 29 s. */
export const requestTimeoutSeconds = 10;

/** The numbers every region starts from. A stage or a region may say otherwise. */
export const limits: Limits = {
  invitationLinkSeconds: 7 * day,
  invitationRenewableSeconds: 30 * day,
  reminderSeconds: [3 * day, 6 * day],
  resetLinkSeconds: hour,
  resetEmails: [
    { count: 1, seconds: minute },
    { count: 3, seconds: hour },
    { count: 8, seconds: day },
  ],
  resends: [
    { count: 1, seconds: 5 * minute },
    { count: 5, seconds: day },
  ],
  staffResets: [
    { count: 1, seconds: minute },
    { count: 10, seconds: day },
  ],
  addressChanges: [{ count: 3, seconds: day }],
  // Whoever has the password can make any number of them; the first ones have told the client.
  deviceNotices: [{ count: 5, seconds: day }],
  // Room for the import of a whole region on one day; lower it afterwards.
  staffEmailsPerDay: { actor: 6_000, region: 10_000 },
  // OWASP ASVS 7.3: idle and absolute ends of a session, for an application of middling risk.
  sessionIdleSeconds: 30 * minute,
  sessionAbsoluteSeconds: 12 * hour,
  // On a device whose owner asked to stay signed in.
  keptSessionIdleSeconds: 7 * day,
  keptSessionAbsoluteSeconds: 30 * day,
  // A working day in the staff console.
  staffSessionIdleSeconds: 30 * minute,
  staffSessionAbsoluteSeconds: 12 * hour,
  signInFailures: 5,
  signInPauseSeconds: 30,
  signInLongestPauseSeconds: hour,
  // Both are longer than any function can still commit: its timeout and the SDK's retries in it.
  claimSeconds: minute,
  leaseSeconds: minute,
  answerRequestsSeconds: day,
  keepRequestsSeconds: 30 * day,
  keepTimelineSeconds: 400 * day,
};
