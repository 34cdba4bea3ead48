import * as z from 'zod/mini';
import type { Stack } from './stack.ts';

const destinationSchema = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z._default(z.boolean(), true),
    MatchingEventTypes: z.array(z.string()),
    SnsDestination: z.optional(z.object({ TopicARN: z.string() })),
  }),
});

const subscriptionSchema = z.object({
  TopicArn: z.string(),
  Protocol: z.string(),
  Endpoint: z.string(),
  RedrivePolicy: z.optional(z.object({ deadLetterTargetArn: z.string() })),
});

export type MailDefinition = {
  readonly region: string;
  /** Domains and addresses that may send. */
  readonly identities: readonly string[];
  readonly configurationSets: readonly string[];
  /** Where a configuration set's events go, and which of them. */
  readonly destinations: readonly {
    readonly configurationSet: string;
    /** As CloudFormation names them: `deliveryDelay`. */
    readonly eventTypes: readonly string[];
    readonly topicArn: string;
  }[];
  /** The functions that hear a topic. */
  readonly subscriptions: readonly {
    readonly topicArn: string;
    readonly functionArn: string;
    readonly deadLetterArn?: string;
  }[];
};

const named = z.object({ Name: z.string() });
const identity = z.object({ EmailIdentity: z.string() });

export const mailOf = (stack: Stack): MailDefinition => ({
  region: stack.place.region,
  identities: stack
    .resources('AWS::SES::EmailIdentity', identity)
    .map(({ properties }) => properties.EmailIdentity),
  configurationSets: stack
    .resources('AWS::SES::ConfigurationSet', named)
    .map(({ properties }) => properties.Name),
  destinations: stack
    .resources('AWS::SES::ConfigurationSetEventDestination', destinationSchema)
    .flatMap(({ properties: { ConfigurationSetName, EventDestination } }) => {
      const topicArn = EventDestination.SnsDestination?.TopicARN;
      return topicArn && EventDestination.Enabled
        ? [
            {
              configurationSet: ConfigurationSetName,
              eventTypes: EventDestination.MatchingEventTypes,
              topicArn,
            },
          ]
        : [];
    }),
  subscriptions: stack
    .resources('AWS::SNS::Subscription', subscriptionSchema)
    .filter(({ properties }) => properties.Protocol === 'lambda')
    .map(({ properties: { TopicArn, Endpoint, RedrivePolicy } }) => ({
      topicArn: TopicArn,
      functionArn: Endpoint,
      ...(RedrivePolicy && { deadLetterArn: RedrivePolicy.deadLetterTargetArn }),
    })),
});
