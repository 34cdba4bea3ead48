import * as z from 'zod/mini';
import type { Stack } from './stack.ts';

const queueSchema = z.object({
  QueueName: z.string(),
  /** SQS's own defaults, where the template says nothing. */
  VisibilityTimeout: z._default(z.number(), 30),
  MessageRetentionPeriod: z._default(z.number(), 4 * 86_400),
  RedrivePolicy: z.optional(
    z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }),
  ),
});

/** A queue, named as in CloudFormation. */
export type QueueDefinition = z.infer<typeof queueSchema> & { readonly arn: string };

export const queuesOf = (stack: Stack): QueueDefinition[] =>
  stack.resources('AWS::SQS::Queue', queueSchema).map(({ logicalId, properties }) => ({
    ...properties,
    arn: stack.attribute(logicalId, 'Arn'),
  }));
