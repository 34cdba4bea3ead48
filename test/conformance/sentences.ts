import type { Chapter } from './sentence.ts';
import { authorizer } from './sentences/api-gateway/authorizer.ts';
import { ownAnswers } from './sentences/api-gateway/own-answers.ts';
import { requests } from './sentences/api-gateway/requests.ts';
import { passwords } from './sentences/cognito/passwords.ts';
import { signIn } from './sentences/cognito/sign-in.ts';
import { users } from './sentences/cognito/users.ts';
import { reads } from './sentences/dynamodb/reads.ts';
import { writes } from './sentences/dynamodb/writes.ts';
import { rule } from './sentences/events/rule.ts';
import { schedule } from './sentences/events/schedule.ts';
import { lambdaFunction } from './sentences/lambda/function.ts';
import { nobodyWaits } from './sentences/lambda/nobody-waits.ts';
import { recordAge } from './sentences/lambda/record-age.ts';
import { stream } from './sentences/lambda/stream.ts';
import { secret } from './sentences/secrets-manager/secret.ts';
import { sending } from './sentences/ses/sending.ts';
import { suppressionList } from './sentences/ses/suppression-list.ts';
import { queue } from './sentences/sqs/queue.ts';
import { firewall } from './sentences/waf/firewall.ts';

/** Every behaviour of AWS that the product or a stand-in relies on, by service. */
export const chapters: readonly Chapter[] = [
  requests,
  ownAnswers,
  authorizer,
  firewall,
  lambdaFunction,
  stream,
  recordAge,
  schedule,
  nobodyWaits,
  writes,
  reads,
  users,
  passwords,
  signIn,
  sending,
  suppressionList,
  rule,
  queue,
  secret,
];
