import assert from 'node:assert/strict';
import { lanes } from '../../../../shared/aws/table/table.ts';
import type { Chapter, Document } from '../../sentence.ts';
import { discarded, guide } from './documents.ts';
import { fails, failureOf, namesIn, storyOf, timesOf } from './story.ts';

const filtering = guide('Using event filtering with a DynamoDB event source', 'with-ddb-filtering');
const batches = guide('Using AWS Lambda with Amazon DynamoDB', 'with-ddb');
const partial = guide(
  'Configuring partial batch response with DynamoDB and Lambda',
  'services-ddb-batchfailurereporting',
);
const streams: Document = {
  title: "DynamoDB Developer Guide, 'Change data capture for DynamoDB Streams'",
  url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html',
};

const inBackground = { pending: { N: String(lanes.background) }, reports: { BOOL: true } };

export const stream: Chapter = {
  title: "The table's stream and its mappings",
  sentences: [
    {
      says: 'The filter passes on records whose new image has the value with its type, and no others',
      document: filtering,
      check: async (target) => {
        const { put, seen } = storyOf(target);
        await put('other lane', { pending: { N: '7' } });
        await put('text', { pending: { S: String(lanes.urgent) } });
        await put('wanted');
        assert.deepEqual(namesIn(await seen('wanted')), ['wanted']);
      },
    },
    {
      says: 'What is deleted has no new image, so that the filter drops it',
      document: filtering,
      check: async (target) => {
        const { put, remove, seen } = storyOf(target);
        await put('gone');
        await remove('gone');
        await put('after');
        assert.deepEqual(namesIn(await seen('after')), ['gone', 'after']);
      },
    },
    {
      says: 'Records of one partition key arrive in the order of their writes',
      document: batches,
      check: async (target) => {
        const { put, seen } = storyOf(target);
        const names = ['1', '2', '3', '4', '5'];
        for (const name of names) await put(name, {}, 'SAME');
        assert.deepEqual(namesIn(await seen('5')), names);
      },
    },
    {
      says: 'A record of the view NEW_IMAGE has the new image and not the old one',
      document: streams,
      check: async (target) => {
        const { put, seen } = storyOf(target);
        await put('1', {}, 'SAME');
        await seen('1');
        await put('2', {}, 'SAME');
        const last = (await seen('2')).at(-1)?.first;
        assert.equal(last?.eventName, 'MODIFY');
        assert.deepEqual(last?.dynamodb.NewImage?.['name'], { S: '2' });
        assert.equal(last?.dynamodb.OldImage, undefined);
        assert.equal(last?.dynamodb.StreamViewType, 'NEW_IMAGE');
      },
    },
    {
      says: 'A write that changes nothing makes no record',
      document: streams,
      check: async (target) => {
        const { put, seen } = storyOf(target);
        await put('same');
        await put('same');
        await put('after');
        assert.deepEqual(namesIn(await seen('after')), ['same', 'after']);
      },
    },
    {
      says: 'A batch that fails is halved, so that the records around a poisoned one are handled without it',
      document: batches,
      check: async (target) => {
        const { put, notes } = storyOf(target);
        for (const name of ['1', '2']) await put(name);
        await put('poison', fails);
        for (const name of ['3', '4']) await put(name);
        await target.eventually(async () => {
          const handled = namesIn((await notes()).filter(({ batch }) => !batch.includes('poison')));
          return ['1', '2', '3', '4'].every((name) => handled.includes(name)) || undefined;
        });
      },
    },
    {
      says: 'A record is tried again as often as the mapping says, then given up, and its shard goes on',
      document: batches,
      check: async (target) => {
        const { put, seen, notes } = storyOf(target);
        await put('poison', fails);
        await seen('poison');
        await put('after');
        await seen('after');
        assert.equal(timesOf(await notes(), 'poison'), 2);
      },
    },
    {
      says: 'The on-failure destination is told where the batch stood in the stream, and not the record',
      document: discarded,
      check: async (target) => {
        const { put, seen } = storyOf(target);
        await put('poison', fails);
        const number = (await seen('poison'))[0]?.sequence[0] ?? '';
        const { text, requestContext, DDBStreamBatchInfo } = await failureOf(target, number);
        assert.equal(requestContext.condition, 'RetryAttemptsExhausted');
        assert.equal(DDBStreamBatchInfo.batchSize, 1);
        assert.equal(DDBStreamBatchInfo.endSequenceNumber, number);
        assert.ok(!text.includes('poison'));
      },
    },
    {
      says: 'Of a batch whose function reports a failed record, that record and what comes after it are delivered again, and what came before is not',
      document: partial,
      check: async (target) => {
        const { put, notes } = storyOf(target);
        const names = ['1', '2', 'poison', '3'];
        for (const name of names) {
          await put(name, { ...inBackground, ...(name === 'poison' && fails) });
        }
        const all = await target.eventually(async () => {
          const found = await notes();
          const isDone = timesOf(found, 'poison') >= 2 && timesOf(found, '3') >= 1;
          return isDone ? found : undefined;
        });
        assert.equal(timesOf(all, '1'), 1);
        assert.equal(timesOf(all, '2'), 1);
      },
    },
  ],
};
