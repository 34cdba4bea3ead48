import * as z from 'zod/mini';
import { type StaffClientOptions, staffClient } from '../../shared/api/client.ts';
import { workListQuery } from '../../shared/api/read-schema.ts';
import type { RegionCode } from '../../shared/core/region.ts';
import { needed, type Typed } from './arguments.ts';
import { importFile } from './import-file.ts';
import { everyPage, withMore } from './pages.ts';
import { readableDiagnosis, readableList, readableStatus, readableTimeline } from './readable.ts';
import { isSure } from './terminal.ts';
import { UsageError } from './usage.ts';

export type Asked = {
  readonly typed: Typed;
  readonly region: RegionCode;
  readonly target: StaffClientOptions;
};

/** What a command found out: the API's own answer, and the same for people. */
type Told = {
  readonly json?: unknown;
  readonly text: string;
  /** Something was refused, though the call was answered. */
  readonly isRefused?: boolean;
};
type Command = (asked: Asked) => Promise<Told>;

const contactIn = ({ what: [contactId] }: Typed): string => needed(contactId, 'The contactId');

const toldStatus = (json: Parameters<typeof readableStatus>[0]): Told => ({
  json,
  text: readableStatus(json),
});

const unlessUnsure = async (
  question: string,
  { yes }: Typed,
  act: () => Promise<unknown>,
  text: string,
): Promise<Told> => {
  if (!(await isSure(question, yes))) return { text: 'Nothing was done.', isRefused: true };
  await act();
  return { text };
};

const filterSchema = z.pick(workListQuery, { status: true, delivery: true });

/** Every command; `help` in usage.ts says what each is for. */
export const commands: Readonly<Record<string, Command>> = {
  status: async ({ typed, target }) =>
    toldStatus(
      await staffClient(target)('GET /staff/contacts/{contactId}', { contactId: contactIn(typed) }),
    ),

  send: async ({ typed, target }) =>
    toldStatus(
      await staffClient(target)('POST /staff/contacts/{contactId}/invitation', {
        contactId: contactIn(typed),
        body: { email: needed(typed.email, '--email'), name: needed(typed.name, '--name') },
      }),
    ),

  resend: async ({ typed, target }) =>
    toldStatus(
      await staffClient(target)('POST /staff/contacts/{contactId}/invitation/resend', {
        contactId: contactIn(typed),
      }),
    ),

  email: async ({ typed, target }) =>
    toldStatus(
      await staffClient(target)('PUT /staff/contacts/{contactId}/email', {
        contactId: contactIn(typed),
        body: { email: needed(typed.email ?? typed.what[1], 'The new address') },
      }),
    ),

  reset: async ({ typed, target }) =>
    toldStatus(
      await staffClient(target)('POST /staff/contacts/{contactId}/password-reset', {
        contactId: contactIn(typed),
      }),
    ),

  'lift-suppression': async ({ typed, target }) =>
    toldStatus(
      await staffClient(target)('POST /staff/contacts/{contactId}/suppression-removal', {
        contactId: contactIn(typed),
        body: typed.consent ? { consent: true } : {},
      }),
    ),

  revoke: ({ typed, target }) => {
    const contactId = contactIn(typed);
    return unlessUnsure(
      `Take the portal away from contact ${contactId}?`,
      typed,
      () => staffClient(target)('DELETE /staff/contacts/{contactId}/invitation', { contactId }),
      `Revoked: contact ${contactId} cannot sign in any more.`,
    );
  },

  erase: ({ typed, target }) => {
    const contactId = contactIn(typed);
    return unlessUnsure(
      `Erase everything about contact ${contactId}? This cannot be undone.`,
      typed,
      () => staffClient(target)('DELETE /staff/contacts/{contactId}', { contactId }),
      `Erased: contact ${contactId}.`,
    );
  },

  diagnose: async ({ typed, target }) => {
    const about = needed(typed.what[0], 'The contactId or address');
    const call = staffClient(target);
    const json = about.includes('@')
      ? await call('POST /staff/diagnosis', { body: { email: about } })
      : await call('GET /staff/contacts/{contactId}/diagnosis', { contactId: about });
    return { json, text: readableDiagnosis(json) };
  },

  timeline: async ({ typed, target }) => {
    const contactId = contactIn(typed);
    const { rows: entries, ...more } = await everyPage(typed, async (query) => {
      const page = await staffClient(target)('GET /staff/contacts/{contactId}/timeline', {
        contactId,
        query,
      });
      return { ...page, rows: page.entries };
    });
    const text = withMore(readableTimeline({ entries }), more.next);
    return { json: { entries, ...more }, text };
  },

  list: async ({ typed, target }) => {
    const { status, delivery } = typed;
    const filter = z.safeParse(filterSchema, { status, delivery });
    if (!filter.success) throw new UsageError('This --status or --delivery is not known.');
    const { rows: contacts, ...more } = await everyPage(typed, async (query) => {
      const wish = { query: { ...query, ...filter.data } };
      const page = await staffClient(target)('GET /staff/invitations', wish);
      return { ...page, rows: page.contacts };
    });
    return { json: { contacts, ...more }, text: withMore(readableList({ contacts }), more.next) };
  },

  import: importFile,
};
