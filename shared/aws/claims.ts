import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import type { Claim, Claims } from '../contact/claims.ts';
import {
  getItem,
  type Item,
  type Key,
  putItem,
  type Table,
  toItem,
  unlessConditionFails,
} from './table/dynamodb.ts';
import { similarItems, similarityKeys } from './table/similar.ts';
import { partitions } from './table/table.ts';

const claimSchema = z.object({ contactId: z.string(), at: z.int() });

export const claimKey = (email: string): Key => ({
  pk: `${partitions.claim}${email}`,
  sk: 'CLAIM',
});

export const claimFrom = (item: Item): Claim => z.parse(claimSchema, item);

/** The claim is exactly what was read. */
const unchanged = (was: Claim) => ({
  ConditionExpression: 'contactId = :contactId AND #at = :at',
  ExpressionAttributeNames: { '#at': 'at' },
  values: { ':contactId': was.contactId, ':at': was.at },
});

export const claimsIn = (table: Table): Claims => ({
  find: async (email) => {
    const item = await getItem(table, claimKey(email));
    return item && claimFrom(item);
  },

  make: (email, claim, was) =>
    putItem(
      table,
      { ...claimKey(email), ...claim, ...similarityKeys('claim', email, claim.at) },
      was ? unchanged(was) : { ConditionExpression: 'attribute_not_exists(pk)' },
    ),

  release: async (email, was) => {
    const { values, ...condition } = unchanged(was);
    await unlessConditionFails(
      table.client.send(
        new DeleteItemCommand({
          TableName: table.name,
          Key: marshall(claimKey(email)),
          ...condition,
          ExpressionAttributeValues: toItem(values),
        }),
      ),
    );
  },

  findSimilar: async (email) => {
    const found = await similarItems(table, 'claim', email);
    return [
      ...new Map(
        found.map((item) => {
          const address = String(item['pk']).slice(partitions.claim.length);
          return [address, { contactId: String(item['contactId']), email: address }];
        }),
      ).values(),
    ];
  },
});
