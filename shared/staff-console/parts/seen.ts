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

const underWay: readonly string[] = ['queued', 'sent', 'delayed'];

/** How long an email is watched, in milliseconds: most servers say within minutes. */
const watched = 5 * 60_000;

/** Whether the newest email is under way, so that the page looks again by itself. */
export const isWatching = ({ delivery }: Status, now: number): boolean =>
  delivery !== undefined &&
  underWay.includes(delivery.state) &&
  Date.parse(delivery.at) > now - watched;
