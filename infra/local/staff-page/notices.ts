import { randomUUID } from 'node:crypto';
import type * as z from 'zod/mini';
import { StaffProblem } from '../../../shared/api/client.ts';
import type { problemResponse } from '../../../shared/api/status-schema.ts';
import type { Call } from './look.ts';
import type { PressName } from './presses.ts';

/** What a call came to, in the words of the API. */
export type Said = {
  readonly isDone: boolean;
  readonly title: string;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: z.output<typeof problemResponse>['errors'];
  /** The contact that holds the address. */
  readonly contactId?: string;
  readonly retryAfter?: number;
};

export type Notice = Said & {
  readonly press: PressName;
  readonly calls: readonly Call[];
  /** What was typed, to be corrected. */
  readonly typed: Readonly<Record<string, string>>;
};

/** What the page says of a call that was not answered as it was asked. */
export const problemIn = (error: unknown): Said => {
  if (!(error instanceof StaffProblem)) {
    return { isDone: false, title: 'The staff API could not be reached.' };
  }
  const { message, code, retryAfter, problem } = error;
  const { detail, errors, contactId } = problem;
  return {
    isDone: false,
    title: message,
    code,
    ...(detail && { detail }),
    ...(errors && { errors }),
    ...(contactId && { contactId }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
};

/** At most this many notices are kept for a page that is loaded again. */
const most = 50;

/**
 * What is said after the redirect that follows a press. Addresses and messages stay out of URLs:
 * those carry only the id of a notice.
 */
export class Notices {
  private readonly kept = new Map<string, Notice>();

  keep(notice: Notice): string {
    const id = randomUUID();
    this.kept.set(id, notice);
    const [oldest] = this.kept.keys();
    if (this.kept.size > most && oldest !== undefined) this.kept.delete(oldest);
    return id;
  }

  find(id: string | null): Notice | undefined {
    return id === null ? undefined : this.kept.get(id);
  }
}
