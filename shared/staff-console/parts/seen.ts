import type { ClientCalls } from '../../api/client-calls.ts';

type ResponseOf<Name extends keyof ClientCalls> = ClientCalls[Name]['response'];

/** What the staff API says of a contact, as the console shows it. */
export type Status = ResponseOf<'GET /staff/contacts/{contactId}'>;
export type Diagnosis = ResponseOf<'GET /staff/contacts/{contactId}/diagnosis'>;
export type Timeline = ResponseOf<'GET /staff/contacts/{contactId}/timeline'>;

/** Everything that a contact's page is drawn from; the page does without what could not be had. */
export type Seen = {
  readonly status: Status;
  readonly diagnosis: Diagnosis | undefined;
  readonly timeline: Timeline | undefined;
};

/**
 * How long an email in a state is watched, in milliseconds: most servers say within minutes what
 * becomes of it, and some take an email that they return a moment later.
 */
const watched: Readonly<Record<string, number>> = {
  queued: 5 * 60_000,
  sent: 5 * 60_000,
  delayed: 5 * 60_000,
  delivered: 60_000,
};

/** Whether something may still become of the newest email, so that the page looks again by itself. */
export const isWatching = ({ delivery }: Status, now: number): boolean =>
  delivery !== undefined && Date.parse(delivery.at) > now - (watched[delivery.state] ?? 0);
