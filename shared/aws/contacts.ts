import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { canary } from '../contact/canary.ts';
import { type Contact, contactSchema, unknownContact } from '../contact/contact.ts';
import type { Contacts } from '../contact/contacts.ts';
import { laneAt } from '../contact/pending-work.ts';
import type { Limits } from '../core/region.ts';
import { dueAt } from '../outbox/due.ts';
import { claimFrom, claimKey } from './claims.ts';
import { getItem, type Item, type Key, putItem, type Table } from './table/dynamodb.ts';
import { readMany } from './table/read-many.ts';
import { lanes, partitions, pendingAttribute } from './table/table.ts';

export const contactKey = (contactId: string): Key => ({
  pk: `${partitions.contact}${contactId}`,
  sk: 'CONTACT',
});

const time = (at: number): string => new Date(at).toISOString();

/** The attributes of the sparse indexes and of the stream's filter, all derived from the contact. */
const derived = (contact: Contact, limits: Limits): Item => {
  const { contactId, delivery } = contact;
  // The canary is in no list.
  const invitation = contactId === canary.contactId ? undefined : contact.invitation;
  const due = dueAt(contact, limits);
  // What is held is for the sweep: the stream need not look at it.
  const lane = laneAt(contact, contact.changedAt);
  return {
    ...(invitation && {
      status: invitation.state,
      statusAt: `${time(invitation.state === 'pending' ? invitation.expiresAt : invitation.invitedAt)}#${contactId}`,
    }),
    ...(invitation &&
      delivery && { delivery: delivery.state, deliveryAt: `${time(delivery.at)}#${contactId}` }),
    ...(due !== undefined && { due: 'due', dueAt: due }),
    ...(lane && { [pendingAttribute]: lanes[lane] }),
  };
};

/** A contact as an item, without the mark of its write. */
export const contactItem = (contact: Contact, limits: Limits): Item => ({
  ...contactKey(contact.contactId),
  ...derived(contact, limits),
  contact,
});

/** Contacts in the region's table. */
export const contactsIn = (table: Table, limits: Limits): Contacts => {
  const read = async (contactId: string) => {
    const item = await getItem(table, contactKey(contactId));
    return { contact: item ? storedContact(item) : unknownContact(contactId), item };
  };

  return {
    find: async (contactId) => (await read(contactId)).contact,

    findWithClaim: async (contactId, email) => {
      const items = await readMany(table, [contactKey(contactId), claimKey(email)]);
      const contact = items.find((item) => item['sk'] === 'CONTACT');
      const claim = items.find((item) => item['sk'] === 'CLAIM');
      return {
        contact: contact ? storedContact(contact) : unknownContact(contactId),
        claim: claim && claimFrom(claim),
      };
    },

    findMany: async (contactIds) =>
      (await readMany(table, contactIds.map(contactKey))).map(storedContact),

    commit: async (next) => {
      // A write whose answer was lost is tried again by the client and then fails its condition:
      // the mark tells whether it was ours.
      const mark = randomUUID();
      const isWritten = await putItem(
        table,
        { ...contactItem({ ...next, version: next.version + 1 }, limits), mark },
        next.version === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'contact.version = :version',
              values: { ':version': next.version },
            },
      );
      return isWritten || (await read(next.contactId)).item?.['mark'] === mark;
    },
  };
};

/**
 * The contact kept in an item, besides the attributes derived from it.
 * @throws if it is not one that this code can have written
 */
export const storedContact = (item: Item): Contact => z.parse(contactSchema, item['contact']);
