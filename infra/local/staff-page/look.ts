import type * as z from 'zod/mini';
import { type ClientCalls, StaffProblem } from '../../../shared/api/client.ts';
import type { diagnosisResponse, timelineResponse } from '../../../shared/api/read-schema.ts';
import type { StaffCallName } from '../../../shared/api/staff-calls.ts';
import type { statusResponse } from '../../../shared/api/status-schema.ts';
import type { StaffApi } from './presses.ts';

export type Status = z.output<typeof statusResponse>;
export type Diagnosis = z.output<typeof diagnosisResponse>;
export type Timeline = z.output<typeof timelineResponse>;

/** One call of the staff API, for the makers of the real tab to see. */
export type Call = {
  readonly name: StaffCallName;
  readonly milliseconds: number;
  readonly outcome: string;
};

export type Looked = {
  readonly status: Status;
  /** The tab is drawn without what could not be had just now. */
  readonly diagnosis: Diagnosis | undefined;
  readonly timeline: Timeline | undefined;
};

const outcomeOf = (error: unknown): string =>
  error instanceof StaffProblem ? `${error.status} ${error.code}` : 'no answer';

/** The same API, with every call noted. */
export const noting =
  (api: StaffApi, calls: Call[]): StaffApi =>
  async <Name extends StaffCallName>(name: Name, wish: ClientCalls[Name]['request']) => {
    const begun = performance.now();
    const note = (outcome: string) =>
      calls.push({ name, outcome, milliseconds: Math.round(performance.now() - begun) });
    try {
      const told = await api(name, wish);
      note('answered');
      return told;
    } catch (error) {
      note(outcomeOf(error));
      throw error;
    }
  };

const orNothing = (): undefined => undefined;

/**
 * Everything that the tab shows of a contact.
 * @throws StaffProblem if there is no status
 */
export const lookAt = async (api: StaffApi, contactId: string): Promise<Looked> => {
  const [status, diagnosis, timeline] = await Promise.all([
    api('GET /staff/contacts/{contactId}', { contactId }),
    api('GET /staff/contacts/{contactId}/diagnosis', { contactId }).catch(orNothing),
    api('GET /staff/contacts/{contactId}/timeline', { contactId }).catch(orNothing),
  ]);
  return { status, diagnosis, timeline };
};

const underWay = ['queued', 'sent'];

/** How long an email is watched, in milliseconds. */
const watched = 60_000;

/** Whether the page looks again by itself, so that one can see an email arrive or bounce. */
export const isWatching = ({ status: { delivery } }: Looked, now: number): boolean =>
  delivery !== undefined &&
  underWay.includes(delivery.state) &&
  Date.parse(delivery.at) > now - watched;
