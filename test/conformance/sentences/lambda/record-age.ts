import assert from 'node:assert/strict';
import type { Chapter } from '../../sentence.ts';
import { discarded } from './documents.ts';
import { fails, failureOf, storyOf } from './story.ts';

/** The lane of the mapping that retries for ever, and gives up what is a minute old. */
const aging = { pending: { N: '9' } };

export const recordAge: Chapter = {
  title: 'The age of a record of the stream',
  sentences: [
    {
      says: 'A record older than the mapping allows is given up, however many retries are left, and its shard goes on',
      document: discarded,
      check: async (target) => {
        const { put, seen } = storyOf(target);
        await put('poison', { ...fails, ...aging });
        const number = (await seen('poison'))[0]?.sequence[0] ?? '';
        const { requestContext, timestamp, DDBStreamBatchInfo } = await failureOf(target, number);
        assert.equal(requestContext.condition, 'RecordAgeExceeded');
        const { approximateArrivalOfFirstRecord: arrived } = DDBStreamBatchInfo;
        assert.ok(Date.parse(timestamp) - Date.parse(arrived) >= 55_000, `${arrived} ${timestamp}`);
        await put('after', aging);
        await seen('after');
      },
    },
  ],
};
