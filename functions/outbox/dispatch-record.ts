import type { DynamoDBRecord } from 'aws-lambda';
import { recordThrottle } from '../../shared/account/record-throttle.ts';
import { streamItem } from '../../shared/aws/stream-item.ts';
import type { OutboxDependencies } from '../../shared/outbox/dependencies.ts';
import { dispatchOutbox } from '../../shared/outbox/dispatch.ts';
import { answerRequest } from '../../shared/reset/answer-request.ts';
import type { ResetDependencies } from '../../shared/reset/dependencies.ts';

export type Dependencies = OutboxDependencies & Pick<ResetDependencies, 'requests'>;

/** One changed item: a contact with an outbox, a reset request, or sign-ins that began to pause. */
export const dispatchRecord =
  (deps: Dependencies) =>
  async ({ dynamodb }: DynamoDBRecord): Promise<void> => {
    const item = dynamodb?.NewImage && streamItem(dynamodb.NewImage);
    if (item?.kind === 'contact') await dispatchOutbox(deps, item.contactId);
    if (item?.kind === 'request') await answerRequest(deps, item);
    if (item?.kind === 'signIns') await recordThrottle(deps, item.email, item.failures);
  };
