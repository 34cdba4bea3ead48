import * as z from 'zod/mini';
import type { AwsCall } from '../aws-call.ts';
import { rawMessage, senderOf } from '../ses/raw-message.ts';
import { secretArn } from '../template/physical-ids.ts';
import type { Question } from './decide.ts';
import { leadingKeys } from './leading-keys.ts';

const dynamodbSchema = z.object({
  TableName: z.optional(z.string()),
  IndexName: z.optional(z.string()),
  RequestItems: z.optional(z.record(z.string(), z.unknown())),
});
const cognitoSchema = z.object({ UserPoolId: z.string() });
const sesSchema = z.object({
  'RawMessage.Data': z.optional(z.string()),
  ConfigurationSetName: z.optional(z.string()),
});

const busSchema = z.object({ Entries: z.array(z.object({ EventBusName: z.string() })) });

const queueSchema = z.object({ QueueUrl: z.string() });
const secretSchema = z.object({ SecretId: z.string() });

type Asked = Omit<Question, 'action'>;

/**
 * What IAM looks at in a call (Service Authorization Reference, of each service): resources and
 * condition keys.
 */
const asked: Readonly<Record<AwsCall['service'], (call: AwsCall, account: string) => Asked>> = {
  dynamodb: ({ input, region }, account) => {
    const read = z.parse(dynamodbSchema, input);
    const tables = read.RequestItems ? Object.keys(read.RequestItems) : [read.TableName ?? ''];
    const index = read.IndexName ? `/index/${read.IndexName}` : '';
    const leading = leadingKeys(input);
    return {
      resources: tables.map(
        (table) => `arn:aws:dynamodb:${region}:${account}:table/${table}${index}`,
      ),
      context: leading.length > 0 ? { 'dynamodb:LeadingKeys': leading } : {},
    };
  },
  'cognito-idp': ({ input, region }, account) => ({
    resources: [
      `arn:aws:cognito-idp:${region}:${account}:userpool/${z.parse(cognitoSchema, input).UserPoolId}`,
    ],
    context: {},
  }),
  events: ({ input, region }, account) => ({
    resources: z
      .parse(busSchema, input)
      .Entries.map(
        ({ EventBusName }) => `arn:aws:events:${region}:${account}:event-bus/${EventBusName}`,
      ),
    context: {},
  }),
  sqs: ({ input, region }, account) => {
    const { QueueUrl } = z.parse(queueSchema, input);
    const name = QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1);
    return { resources: [`arn:aws:sqs:${region}:${account}:${name}`], context: {} };
  },
  secretsmanager: ({ input, region }, account) => ({
    resources: [secretArn(z.parse(secretSchema, input).SecretId, { region, account })],
    context: {},
  }),
  ses: ({ input, region }, account) => {
    const { ConfigurationSetName, 'RawMessage.Data': data } = z.parse(sesSchema, input);
    const here = { 'aws:RequestedRegion': [region] };
    if (data === undefined) return { resources: ['*'], context: here };
    const from = senderOf(rawMessage(data));
    const arn = `arn:aws:ses:${region}:${account}`;
    return {
      resources: [
        `${arn}:identity/${from.slice(from.indexOf('@') + 1)}`,
        ...(ConfigurationSetName ? [`${arn}:configuration-set/${ConfigurationSetName}`] : []),
      ],
      context: { ...here, 'ses:FromAddress': [from] },
    };
  },
};

/** The question that a call is to IAM. */
export const questionOf = (call: AwsCall, account: string): Question => ({
  action: `${call.service}:${call.action}`,
  ...asked[call.service](call, account),
});
