import { randomUUID } from 'node:crypto';
import type { SNSEvent } from 'aws-lambda';

/** A message of an SNS topic as Lambda hands it to a function. */
export const notification = (topicArn: string, message: unknown, now: number): SNSEvent => {
  const subscription = `${topicArn}:${randomUUID()}`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription,
        Sns: {
          Type: 'Notification',
          MessageId: randomUUID(),
          TopicArn: topicArn,
          Subject: 'Amazon SES Email Event Notification',
          Message: JSON.stringify(message),
          Timestamp: new Date(now).toISOString(),
          SignatureVersion: '1',
          Signature: 'local',
          SigningCertUrl: 'https://sns.example.com/SimpleNotificationService.pem',
          UnsubscribeUrl: `https://sns.example.com/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
          MessageAttributes: {},
        },
      },
    ],
  };
};

/** What EventBridge hands to a function when a schedule's time has come. */
export const scheduledEvent = (name: string, region: string, account: string, now: number) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources: [`arn:aws:events:${region}:${account}:rule/${name}`],
  detail: {},
});
