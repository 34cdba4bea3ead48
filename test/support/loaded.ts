import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { type Item, type Table, toItem } from '../../shared/aws/table/dynamodb.ts';
import { type Contact, unknownContact } from '../../shared/contact/contact.ts';

/** Puts items straight into a table. */
export const load = async ({ client, name }: Table, items: Iterable<Item>): Promise<void> => {
  let batch: Item[] = [];
  const write = async () => {
    const puts = batch.map((item) => ({ PutRequest: { Item: toItem(item) } }));
    batch = [];
    if (puts.length > 0) {
      await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: puts } }));
    }
  };
  for (const item of items) {
    batch.push(item);
    if (batch.length === 25) await write();
  }
  await write();
};

export const addressOf = (index: number) => `client.${index.toString(36)}@example.com`;

/** A contact that was invited and has no account yet. */
export const invitedContact = (index: number, now: number, since: number): Contact => ({
  ...unknownContact(`many-${index}`),
  version: 1,
  changedAt: since,
  invitation: {
    ...{ state: 'pending', email: addressOf(index), name: 'Jan Citizen', invitedBy: 'ann' },
    ...{ invitedAt: since, since, sentAt: since, sends: 1, expiresAt: now + 7 * 86_400_000 },
    reminders: 0,
  },
});
