import * as z from 'zod/mini';
import { StaffProblem } from '../../../shared/api/client.ts';
import { contactIdSchema } from '../../../shared/core/contact-id.ts';
import { editDistance } from '../../../shared/email/edit-distance.ts';
import type { Found, Hit } from '../../../shared/staff-console/contacts.ts';
import type { StaffApi } from '../session/signed-in.ts';

/** The address's contact, or the nearest invited addresses: what the diagnosis finds. */
const byAddress = async (api: StaffApi, query: string): Promise<Found> => {
  try {
    const { summary, findings, facts } = await api('POST /staff/diagnosis', {
      body: { email: query },
    });
    const { contactId, status, name, email } = facts;
    const hits: Hit[] = contactId && status ? [{ contactId, status, name, email }] : [];
    const advice = findings[0]?.advice ?? summary;
    return { query, advice, hits, nearest: facts.asked?.nearest ?? [] };
  } catch (error) {
    if (!(error instanceof StaffProblem) || error.code !== 'invalid_request') throw error;
    const [first] = error.problem.errors ?? [];
    return { query, hits: [], nearest: [], problem: first && `This ${first.message}.` };
  }
};

/** Pages of a hundred contacts each, of those not in yet and of those in, whose names are read. */
const pagesOfNames = 5;

const contactsOf = async (api: StaffApi, status?: 'accepted'): Promise<Hit[]> => {
  const contacts: Hit[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesOfNames; page += 1) {
    const query = { limit: 100, ...(status && { status }), ...(cursor && { cursor }) };
    const answer = await api('GET /staff/invitations', { query });
    contacts.push(...answer.contacts);
    cursor = answer.next;
    if (cursor === undefined) break;
  }
  return contacts;
};

/** Without case and accents. */
const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** At most this many are shown of each kind. */
const shown = 20;

/** A typing slip in a word: one edit, or two in a long one. */
const isNear = (word: string, typed: string): boolean =>
  typed.length > 2 && editDistance(typed, word) <= (typed.length > 6 ? 2 : 1);

const byName = async (api: StaffApi, typed: string) => {
  const all = (await Promise.all([contactsOf(api), contactsOf(api, 'accepted')])).flat();
  const words = plain(typed).split(/\s+/);
  const namesOf = ({ name = '' }: Hit) => plain(name).split(/\s+/);
  const hits = all.filter((one) =>
    words.every((word) => namesOf(one).some((part) => part.startsWith(word))),
  );
  const nearest = all.filter(
    (one) =>
      !hits.includes(one) &&
      words.every((word) =>
        namesOf(one).some((part) => part.startsWith(word) || isNear(part, word)),
      ),
  );
  return { hits: hits.slice(0, shown), nearest: nearest.slice(0, shown), namesSeen: all.length };
};

const byId = async (api: StaffApi, contactId: string): Promise<Hit[]> => {
  const status = await api('GET /staff/contacts/{contactId}', { contactId });
  return status.status === 'never_invited' ? [] : [status];
};

/** Contacts by their address, by their id, or by their name as far as names are known here. */
export const search = async (api: StaffApi, query: string): Promise<Found> => {
  if (query.includes('@')) return byAddress(api, query);
  const isId = z.safeParse(contactIdSchema, query).success;
  const [known, named] = await Promise.all([isId ? byId(api, query) : [], byName(api, query)]);
  const hits = [
    ...known,
    ...named.hits.filter(({ contactId }) => contactId !== known[0]?.contactId),
  ];
  const contactId = isId && known.length === 0 ? query : undefined;
  return { ...named, query, hits, contactId };
};
