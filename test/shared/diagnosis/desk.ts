import type { MailAnswer } from '../../../shared/email/mail.ts';
import { staffOn } from '../../support/calling.ts';
import { clientOn, hear } from '../../support/client.ts';
import type { TestDependencies } from '../../support/dependencies.ts';
import { passwords } from '../../support/people.ts';
import type { EventName } from '../../support/ses-events.ts';

export const email = 'jane@example.com';
const minute = 60;
const [first = ''] = passwords;

type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/** Where situations happen: a region with a clock, and what staff, clients and AWS do there. */
export type Place = {
  readonly staff: (call: string, body?: object) => Promise<Answer>;
  readonly client: {
    forgetsPassword(email: string): Promise<unknown>;
    /** Follows the newest email and chooses a password. */
    accepts(email: string, password: string): Promise<unknown>;
    signsIn(email: string, password: string): Promise<unknown>;
  };
  /** Lets happen what follows from the calls. */
  readonly drain: () => Promise<void>;
  readonly pass: (seconds: number) => void;
  /** Moves the clock in steps, and lets everything happen on the way. */
  readonly live: (seconds: number, step: number) => Promise<void>;
  /** SES reports what became of the newest email to an address; ten seconds pass. */
  readonly hear: (to: string, what: EventName) => Promise<void>;
  /** What SES answers from now on. */
  readonly mailIs: (answer: Extract<MailAnswer, 'unavailable' | 'rejected'>) => void;
  readonly accountIs: (state: 'deleted' | 'disabled') => Promise<void>;
  readonly suppressionListIsDown: () => void;
};

/** A place in this process, on a table of its own. */
const placeOf = (deps: TestDependencies): Place => ({
  drain: deps.drain,
  pass: deps.pass,
  live: deps.live,
  staff: staffOn(deps),
  client: clientOn(deps),
  hear: (to, what) => hear(deps, to, what),
  mailIs: (answer) => {
    deps.mail.answer = answer;
  },
  accountIs: async (state) => {
    const { users, disabled } = deps.accounts;
    for (const username of users.keys()) disabled.add(username);
    if (state === 'deleted') users.clear();
  },
  suppressionListIsDown: () => {
    deps.suppressions.listed.set(email, 'unknown');
  },
});

/** What a help desk sees happen. */
export const deskAt = (place: Place) => {
  const { staff, client, drain, pass } = place;
  const desk = {
    ...place,
    hears: (what: EventName, to = email) => place.hear(to, what),
    invites: async (to = email, contactId = 'C-1', name = 'Jane Citizen') => {
      await staff(`POST /staff/contacts/${contactId}/invitation`, { email: to, name });
      await drain();
      pass(minute);
    },
    joins: async (to = email, contactId = 'C-1') => {
      await desk.invites(to, contactId);
      await client.accepts(to, first);
      pass(minute);
    },
    does: async (call: string, body?: object) => {
      await staff(call, body);
      await drain();
      pass(minute);
    },
    forgets: async (to = email) => {
      await client.forgetsPassword(to);
      pass(minute);
    },
  };
  return desk;
};
export type Desk = ReturnType<typeof deskAt>;

export const deskOf = (deps: TestDependencies): Desk => deskAt(placeOf(deps));
