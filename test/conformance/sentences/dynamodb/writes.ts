import assert from 'node:assert/strict';
import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Chapter } from '../../sentence.ts';
import { refusal } from '../refusal.ts';
import { call, guide } from './documents.ts';
import { type Item, partitionOf } from './partition.ts';

const conditions = guide('Condition and filter expressions', 'Expressions.OperatorsAndFunctions');

const version = (of: number): Item => ({ contact: { M: { version: { N: String(of) } } } });
const atVersion = (of: number) => ({
  ConditionExpression: 'contact.version = :version',
  ExpressionAttributeValues: { ':version': { N: String(of) } },
});

export const writes: Chapter = {
  title: 'DynamoDB: conditional writes',
  sentences: [
    {
      says: 'A condition that does not hold is ConditionalCheckFailedException, and nothing is written',
      document: conditions,
      check: async (target) => {
        const { put, get } = partitionOf(target);
        await put('A', version(1));
        await refusal(put('A', version(3), atVersion(2)), 'ConditionalCheckFailedException');
        assert.deepEqual(await get('A').then((item) => item?.['contact']), version(1)['contact']);
        await put('A', version(2), atVersion(1));
        assert.deepEqual(await get('A').then((item) => item?.['contact']), version(2)['contact']);
      },
    },
    {
      says: '`attribute_not_exists` of the partition key holds for an item that is not there, and no comparison does',
      document: conditions,
      check: async (target) => {
        const { put } = partitionOf(target);
        const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
        await refusal(put('A', {}, atVersion(1)), 'ConditionalCheckFailedException');
        await put('A', {}, isNew);
        await refusal(put('A', {}, isNew), 'ConditionalCheckFailedException');
      },
    },
    {
      says: 'Of conditional writes at once on what was read alike, one holds',
      document: guide('Working with items: conditional writes', 'WorkingWithItems'),
      check: async (target) => {
        const { put } = partitionOf(target);
        await put('A', version(1));
        const writes = await Promise.allSettled(
          Array.from({ length: 5 }, () => put('A', version(2), atVersion(1))),
        );
        assert.equal(writes.filter(({ status }) => status === 'fulfilled').length, 1);
      },
    },
    {
      says: 'A put replaces the whole item: attributes that it does not name are gone',
      document: call('PutItem'),
      check: async (target) => {
        const { put, get } = partitionOf(target);
        await put('A', { pending: { N: '9' } });
        await put('A');
        assert.equal((await get('A'))?.['pending'], undefined);
      },
    },
    {
      says: 'A conditional delete that does not hold is ConditionalCheckFailedException; one without a condition of an item that is not there succeeds',
      document: call('DeleteItem'),
      check: async (target) => {
        const { put, key, get, send, TableName } = partitionOf(target);
        await put('A', version(1));
        const Key = key('A');
        await refusal(
          send(new DeleteItemCommand({ TableName, Key, ...atVersion(2) })),
          'ConditionalCheckFailedException',
        );
        await send(new DeleteItemCommand({ TableName, Key }));
        assert.equal(await get('A'), undefined);
        await send(new DeleteItemCommand({ TableName, Key }));
      },
    },
    {
      says: '`if_not_exists` counts from nothing, and the condition is measured against what was there before',
      document: guide('Update expressions', 'Expressions.UpdateExpressions'),
      check: async (target) => {
        const { key, get, send, TableName } = partitionOf(target);
        const add = () =>
          send(
            new UpdateItemCommand({
              TableName,
              Key: key('A'),
              UpdateExpression: 'SET #all = if_not_exists(#all, :none) + :one',
              ConditionExpression: 'attribute_not_exists(#all) OR #all <= :left',
              ExpressionAttributeNames: { '#all': 'region' },
              ExpressionAttributeValues: {
                ':none': { N: '0' },
                ':one': { N: '1' },
                ':left': { N: '1' },
              },
            }),
          );
        await add();
        await add();
        await refusal(add(), 'ConditionalCheckFailedException');
        assert.equal((await get('A'))?.['region']?.N, '2');
      },
    },
  ],
};
