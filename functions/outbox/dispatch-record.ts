import type { DynamoDBRecord } from 'aws-lambda';
import { noteThrottle } from '../../shared/account/note-throttle.ts';
import { waitingItem } from '../../shared/aws/stream-item.ts';
import { type CarryingOut, carryOut } from '../../shared/outbox/dispatch.ts';
import { answerRequest } from '../../shared/reset/answer-request.ts';

export type EffectsWorld = CarryingOut;

/** One changed item: a contact with an outbox, a reset request, or sign-ins that began to pause. */
export const carryOutRecord = async (
  world: EffectsWorld,
  { dynamodb }: DynamoDBRecord,
): Promise<void> => {
  const item = dynamodb?.NewImage && waitingItem(dynamodb.NewImage);
  if (item?.kind === 'contact') await carryOut(world, item.contactId);
  if (item?.kind === 'request') await answerRequest(world, item);
  if (item?.kind === 'signIns') await noteThrottle(world, item.email, item.failures);
};
