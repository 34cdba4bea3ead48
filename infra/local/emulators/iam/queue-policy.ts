import { runSimulation } from '@cloud-copilot/iam-simulate';
import * as z from 'zod/mini';
import type { Stack } from '../template/stack.ts';

const policySchema = z.object({
  /** URLs of the queues that it is the policy of. */
  Queues: z.array(z.string()),
  PolicyDocument: z.object({ Statement: z.array(z.unknown()) }),
});

/**
 * Whether the queues' own policies of a stack let a rule of EventBridge put messages into one of them:
 * a service has no role there (EventBridge User Guide, 'Using resource-based policies').
 * @throws Error for what is no policy
 */
export const mayPut = async (stack: Stack, ruleArn: string, queueArn: string): Promise<boolean> => {
  const name = queueArn.slice(queueArn.lastIndexOf(':') + 1);
  const { account: accountId } = stack.place;
  const Statement = stack
    .resources('AWS::SQS::QueuePolicy', policySchema)
    .filter(({ properties }) => properties.Queues.some((url) => url.endsWith(`/${name}`)))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);
  const simulated = await runSimulation(
    {
      request: {
        principal: 'events.amazonaws.com',
        action: 'sqs:SendMessage',
        resource: { resource: queueArn, accountId },
        contextVariables: { 'aws:SourceArn': [ruleArn], 'aws:SecureTransport': ['true'] },
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: { Version: '2012-10-17', Statement },
    },
    {},
  );
  if (simulated.resultType === 'error') throw new Error(JSON.stringify(simulated.errors));
  return simulated.overallResult === 'Allowed';
};
