import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Chapter } from '../../sentence.ts';
import { refusal } from '../refusal.ts';
import { call, guide } from './documents.ts';
import { partitionOf, sortKeys } from './partition.ts';

const indexes = guide('Using global secondary indexes', 'GSI');

export const reads: Chapter = {
  title: 'DynamoDB: batches, queries and indexes',
  sentences: [
    {
      says: 'BatchGetItem answers what is there and leaves out what is not',
      document: call('BatchGetItem'),
      check: async (target) => {
        const { put, key, read, TableName } = partitionOf(target);
        await put('A');
        await put('B');
        const { Responses } = await read([key('B'), key('C'), key('A')]);
        assert.deepEqual(sortKeys({ Items: Responses?.[TableName] }).sort(), ['A', 'B']);
      },
    },
    {
      says: 'BatchGetItem takes 100 keys and refuses more with ValidationException',
      document: call('BatchGetItem'),
      check: async (target) => {
        const { key, read } = partitionOf(target);
        const keys = Array.from({ length: 101 }, (_, index) => key(String(index)));
        await read(keys.slice(0, 100));
        await refusal(read(keys), 'ValidationException');
      },
    },
    {
      says: 'BatchWriteItem takes 25 writes and refuses more with ValidationException',
      document: call('BatchWriteItem'),
      check: async (target) => {
        const { key, write, query } = partitionOf(target);
        const items = Array.from({ length: 26 }, (_, index) => key(String(index)));
        await refusal(write(items), 'ValidationException');
        await write(items.slice(0, 25));
        assert.equal((await query()).Count, 25);
      },
    },
    {
      says: 'BatchWriteItem refuses two writes of one item with ValidationException',
      document: call('BatchWriteItem'),
      check: async (target) => {
        const { key, write } = partitionOf(target);
        await refusal(write([key('A'), key('A')]), 'ValidationException');
      },
    },
    {
      says: 'Sort keys are in the order of their UTF-8 bytes, newest first if asked so',
      document: call('Query'),
      check: async (target) => {
        const { put, query } = partitionOf(target);
        const order = ['A', 'AT#2', 'AT#~', 'CONTACT', 'a', '~', 'é', '王'];
        for (const sk of [...order].reverse()) await put(sk);
        assert.deepEqual(sortKeys(await query()), order);
        assert.deepEqual(sortKeys(await query({ ScanIndexForward: false })), order.reverse());
      },
    },
    {
      says: 'A query ends after its limit of items and says where; a filter takes away from that page afterwards',
      document: call('Query'),
      check: async (target) => {
        const { pk, put, query } = partitionOf(target);
        for (const [sk, status] of [
          ['A', 'x'],
          ['B', 'y'],
          ['C', 'y'],
        ] as const) {
          await put(sk, { status: { S: status } });
        }
        const page = await query({
          Limit: 2,
          FilterExpression: '#status = :y',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':pk': pk, ':y': { S: 'y' } },
        });
        assert.deepEqual(sortKeys(page), ['B']);
        assert.equal(page.LastEvaluatedKey?.['sk']?.S, 'B');
        const rest = await query({ ExclusiveStartKey: page.LastEvaluatedKey });
        assert.deepEqual(sortKeys(rest), ['C']);
      },
    },
    {
      says: 'An item is in an index only while it has both of its keys',
      document: indexes,
      check: async (target) => {
        const { put, query } = partitionOf(target);
        const due = { S: `due-${randomUUID()}` };
        const listed = () =>
          query({
            IndexName: 'due',
            KeyConditionExpression: '#due = :due AND dueAt <= :now',
            ExpressionAttributeNames: { '#due': 'due' },
            ExpressionAttributeValues: { ':due': due, ':now': { N: '100' } },
            ConsistentRead: false,
          });
        await put('A', { due, dueAt: { N: '100' } });
        await put('B', { due });
        await put('C', { due, dueAt: { N: '101' } });
        await target.eventually(async () => (await listed()).Count === 1 || undefined);
        assert.deepEqual(sortKeys(await listed()), ['A']);
        await put('A');
        await target.eventually(async () => (await listed()).Count === 0 || undefined);
      },
    },
    {
      says: 'An index that projects keys and named attributes holds those only',
      document: indexes,
      check: async (target) => {
        const { put, query } = partitionOf(target);
        const start = { S: `claim#${randomUUID()}` };
        await put('A', { start, nearAt: { S: '2' }, contactId: { S: 'c' }, more: { S: 'm' } });
        const found = await target.eventually(async () => {
          const { Items } = await query({
            IndexName: 'by-start',
            KeyConditionExpression: '#partition = :value',
            ExpressionAttributeNames: { '#partition': 'start' },
            ExpressionAttributeValues: { ':value': start },
            ConsistentRead: false,
          });
          return Items?.[0];
        });
        assert.deepEqual(Object.keys(found).sort(), ['contactId', 'nearAt', 'pk', 'sk', 'start']);
      },
    },
    {
      says: 'An item whose time to live has passed can still be read until DynamoDB deletes it, within days',
      document: guide('Using time to live (TTL)', 'TTL'),
      check: async (target) => {
        const { put, get } = partitionOf(target);
        await put('A', { expires: { N: String(Math.floor(Date.now() / 1_000) - 60) } });
        assert.ok(await get('A'));
      },
    },
    {
      says: 'A table is in its AWS region only: elsewhere it is ResourceNotFoundException',
      document: guide('Error handling with DynamoDB', 'Programming.Errors'),
      check: async (target) => {
        const { key, TableName } = partitionOf(target);
        await refusal(
          target.aws.dynamodbElsewhere.send(new GetItemCommand({ TableName, Key: key('A') })),
          'ResourceNotFoundException',
        );
      },
    },
  ],
};
