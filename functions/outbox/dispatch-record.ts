import type { DynamoDBRecord } from 'aws-lambda';
import { recordThrottle } from '../../shared/account/note-throttle.ts';
import { streamItem } from '../../shared/aws/stream-item.ts';
import { type OutboxDependencies, dispatchOutbox } from '../../shared/outbox/dispatch.ts';
import { answerRequest } from '../../shared/reset/answer-request.ts';

export type EffectsWorld = OutboxDependencies;

/** One changed item: a contact with an outbox, a reset request, or sign-ins that began to pause. */
export const dispatchRecord = async (
  world: EffectsWorld,
  { dynamodb }: DynamoDBRecord,
): Promise<void> => {
  const item = dynamodb?.NewImage && streamItem(dynamodb.NewImage);
  if (item?.kind === 'contact') await dispatchOutbox(world, item.contactId);
  if (item?.kind === 'request') await answerRequest(world, item);
  if (item?.kind === 'signIns') await recordThrottle(world, item.email, item.failures);
};
