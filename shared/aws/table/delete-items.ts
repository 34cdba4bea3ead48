import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { queryItems, type Table } from './dynamodb.ts';

/** The most writes that DynamoDB takes in one call. */
const batch = 25;

/** Deletes the items of a partition, or those whose sort key is in a range, page by page. */
export const deleteItems = async (
  table: Table,
  pk: string,
  range?: { readonly from: string; readonly to: string },
): Promise<void> => {
  for (;;) {
    const { items } = await queryItems(table, {
      KeyConditionExpression: range ? 'pk = :pk AND sk BETWEEN :from AND :to' : 'pk = :pk',
      values: { ':pk': pk, ...(range && { ':from': range.from, ':to': range.to }) },
      ProjectionExpression: 'pk, sk',
      ConsistentRead: true,
      Limit: batch,
    });
    if (items.length === 0) return;
    // What DynamoDB leaves unprocessed is found again by the next round.
    await table.client.send(
      new BatchWriteItemCommand({
        RequestItems: {
          [table.name]: items.map((key) => ({ DeleteRequest: { Key: marshall(key) } })),
        },
      }),
    );
  }
};
