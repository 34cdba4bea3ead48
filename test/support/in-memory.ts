import { afterFailure, lockedUntil } from '../../infra/local/emulators/cognito/lockout.ts';
import type { Failures, SignIns } from '../../shared/account/sign-ins.ts';
import type { Claim, Claims } from '../../shared/contact/claims.ts';
import { type Contact, unknownContact } from '../../shared/contact/contact.ts';
import type { Contacts } from '../../shared/contact/contacts.ts';
import { laneAt } from '../../shared/contact/pending-work.ts';
import { newSecret } from '../../shared/contact/token.ts';
import type { Region } from '../../shared/core/region.ts';
import { dispatchOutbox } from '../../shared/outbox/dispatch.ts';
import { dueAt } from '../../shared/outbox/due.ts';
import { sweep } from '../../shared/outbox/sweep.ts';
import { answerRequest } from '../../shared/reset/answer-request.ts';
import type { ResetRequest, ResetRequests } from '../../shared/reset/reset-requests.ts';
import { eventBus } from './event-bus.ts';
import { type Email, mailbox } from './mailbox.ts';

/** All that a region keeps, as plain data: a copy of it is another course of events. */
export type Kept = {
  now: number;
  ids: number;
  readonly contacts: Map<string, Contact>;
  readonly claims: Map<string, Claim>;
  readonly signIns: Map<string, Failures>;
  readonly requests: Map<string, ResetRequest>;
  readonly users: Map<string, { password: string; failures?: { count: number; lastAt: number } }>;
  readonly emails: Email[];
};

export const nothingKept = (now: number): Kept => ({
  now,
  ids: 0,
  contacts: new Map(),
  claims: new Map(),
  signIns: new Map(),
  requests: new Map(),
  users: new Map(),
  emails: [],
});

/** A region in memory, without the cost of a table: for weeks of simulated time. */
export const inMemory = (region: Region, kept: Kept) => {
  const contacts: Contacts = {
    find: async (contactId) => kept.contacts.get(contactId) ?? unknownContact(contactId),
    findWithClaim: async (contactId, email) => ({
      contact: await contacts.find(contactId),
      claim: kept.claims.get(email),
    }),
    findMany: async (ids) => ids.flatMap((contactId) => kept.contacts.get(contactId) ?? []),
    commit: async (next) => {
      if ((kept.contacts.get(next.contactId)?.version ?? 0) !== next.version) return false;
      kept.contacts.set(next.contactId, { ...next, version: next.version + 1 });
      return true;
    },
  };
  const claims: Claims = {
    find: async (email) => kept.claims.get(email),
    make: async (email, claim) => Boolean(kept.claims.set(email, claim)),
    release: async (email) => {
      kept.claims.delete(email);
    },
    findSimilar: async () => [],
  };
  const signIns: SignIns = {
    find: async (counter) => kept.signIns.get(counter),
    count: async (counter, next) => Boolean(kept.signIns.set(counter, next)),
  };
  const requests: ResetRequests = {
    add: async (request) => {
      kept.requests.set(request.requestId, request);
    },
    find: async (_, requestId) => kept.requests.get(requestId),
    findWithClaim: async (email, requestId) => ({
      request: kept.requests.get(requestId),
      claim: kept.claims.get(email),
    }),
    // What is answered is of no further use here.
    answer: async ({ requestId }) => {
      kept.requests.delete(requestId);
    },
    requeue: async () => {},
    erase: async () => {},
  };
  const lockedOut = (username: string): boolean => {
    const failures = kept.users.get(username)?.failures;
    return failures !== undefined && lockedUntil(failures) > kept.now;
  };
  const setPassword = async (username: string, password: string) => {
    kept.users.set(username, { password });
    return 'done' as const;
  };
  const accounts = {
    create: setPassword,
    setPassword,
    checkPassword: async (username: string, password: string) => {
      const user = kept.users.get(username);
      if (!user) return 'wrong' as const;
      if (lockedOut(username)) return 'throttled' as const;
      const isRight = user.password === password;
      kept.users.set(username, {
        password: user.password,
        ...(!isRight && { failures: afterFailure(user.failures, kept.now) }),
      });
      return isRight ? ('right' as const) : ('wrong' as const);
    },
    remove: async (username: string) => {
      kept.users.delete(username);
    },
    state: async () => 'enabled' as const,
  };
  const deps = {
    region,
    now: () => kept.now,
    wait: async (milliseconds: number) => {
      kept.now += milliseconds;
    },
    newId: () => {
      kept.ids += 1;
      return String(kept.ids).padStart(26, '0');
    },
    newSecret,
    contacts,
    claims,
    signIns,
    requests,
    accounts,
    events: eventBus(),
    staffBudget: { spend: async () => true },
    mail: { ...mailbox(() => kept.now), emails: kept.emails },
    timeline: { record: async () => {}, erase: async () => {}, page: async () => ({ items: [] }) },
    due: {
      page: async (now: number) => ({
        rows: [...kept.contacts.values()]
          .filter((contact) => (dueAt(contact, region.limits) ?? now + 1) <= now)
          .map(({ contactId }) => ({ kind: 'contact' as const, contactId })),
      }),
    },
  };
  deps.mail.send = async (to, message, tags) => {
    kept.emails.push({ to, at: kept.now, ...message, ...tags });
    return 'accepted';
  };

  /** What the stream brings about at once. */
  const drain = async (): Promise<void> => {
    for (const request of kept.requests.values()) await answerRequest(deps, request);
    for (const contactId of kept.contacts.keys()) {
      for (;;) {
        const contact = await contacts.find(contactId);
        const lane = laneAt(contact, kept.now);
        if (!lane) break;
        await dispatchOutbox(deps, contact, lane);
      }
    }
  };
  return {
    ...deps,
    kept,
    drain,
    /** Moves the clock by a minute, with what the schedule does then. */
    nextMinute: async (): Promise<void> => {
      kept.now += 60_000;
      await sweep(deps);
      await drain();
    },
  };
};
