import assert from 'node:assert/strict';
import * as z from 'zod/mini';
import type { Chapter } from '../../sentence.ts';
import { notesAbout } from '../notes.ts';

const scheduledEvent = z.object({
  source: z.string(),
  'detail-type': z.string(),
  time: z.string(),
  resources: z.array(z.string()),
});

export const schedule: Chapter = {
  title: 'EventBridge: schedules',
  sentences: [
    {
      says: "A rule with `rate(1 minute)` invokes its function for the first time within two minutes of its making, with the schedule's own event",
      document: {
        title: "EventBridge User Guide, 'Creating a rule that runs on a schedule'",
        url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html',
      },
      check: async (target) => {
        const [first] = await target.eventually(async () => {
          const ticks = await notesAbout(target, 'tick', scheduledEvent);
          return ticks.length > 0 ? ticks : undefined;
        });
        assert.equal(first?.source, 'aws.events');
        assert.equal(first?.['detail-type'], 'Scheduled Event');
        assert.match(first?.resources[0] ?? '', /^arn:aws:events:[^:]+:\d{12}:rule\//);
        assert.match(first?.time ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      },
    },
    {
      says: 'A rule that is disabled invokes nothing',
      document: {
        title: "EventBridge API Reference, 'DisableRule'",
        url: 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DisableRule.html',
      },
      check: async (target) => {
        // Both rules are of one stack: by when the first has run, the other would have, too.
        await target.eventually(async () => {
          const ticks = await notesAbout(target, 'tick', scheduledEvent);
          return ticks.length > 0 || undefined;
        });
        assert.deepEqual(await notesAbout(target, 'tick-disabled', scheduledEvent), []);
      },
    },
  ],
};
