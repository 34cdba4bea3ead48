import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { acknowledge } from './acknowledge.ts';
import type { PortalFunction } from './function.ts';
import { mailNames } from './mail-names.ts';

/** What SES reports of every email, through the topic. */
const reported = [
  ses.EmailSendingEvent.SEND,
  ses.EmailSendingEvent.DELIVERY,
  ses.EmailSendingEvent.DELIVERY_DELAY,
  ses.EmailSendingEvent.BOUNCE,
  ses.EmailSendingEvent.COMPLAINT,
  ses.EmailSendingEvent.REJECT,
  ses.EmailSendingEvent.RENDERING_FAILURE,
];

/** SES accepts 5 minutes to 14 hours. */
const deliverable = (seconds: number) => Duration.seconds(Math.min(Math.max(seconds, 300), 50_400));

/** The region's sending identity, its two configuration sets and the topic of their events. */
export class Mail extends Construct {
  readonly identity: ses.EmailIdentity;
  readonly topic: sns.Topic;
  /** Where bounces of the envelope go, for SPF to align with the sender's domain. */
  readonly mailFromDomain: string;

  constructor(scope: Construct, id: string, configuration: RegionConfiguration) {
    super(scope, id);
    const names = mailNames(configuration);
    this.mailFromDomain = `bounce.${names.domain}`;
    this.topic = new sns.Topic(this, 'Events', {
      topicName: `${configuration.name}-mail-events`,
      enforceSSL: true,
      masterKey: this.topicKey(configuration),
    });
    this.identity = new ses.EmailIdentity(this, 'Identity', {
      identity: ses.Identity.domain(names.domain),
      mailFromDomain: this.mailFromDomain,
      feedbackForwarding: false, // Bounces arrive as events.
    });
    const { limits } = configuration.region;
    // A reset link that arrives after it has ended only confuses; an invitation may take its time.
    this.configurationSet('Resets', names.resets, deliverable(limits.resetLinkSeconds));
    this.configurationSet('Others', names.others, deliverable(limits.invitationLinkSeconds));
  }

  /** Events hold recipients' addresses: docs/decisions/mail-events-have-a-key.md. */
  private topicKey({ account, name }: RegionConfiguration): kms.Key {
    const key = new kms.Key(this, 'EventsKey', {
      description: `Mail events of ${name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY, // Nothing that it encrypts outlives a delivery.
      pendingWindow: Duration.days(7),
    });
    key.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('ses.amazonaws.com')],
        actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    return key;
  }

  private configurationSet(id: string, name: string, maxDeliveryDuration: Duration): void {
    const set = new ses.ConfigurationSet(this, id, {
      configurationSetName: name,
      tlsPolicy: ses.ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: ses.SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      maxDeliveryDuration,
    });
    set.addEventDestination('Topic', {
      destination: ses.EventDestination.snsTopic(this.topic),
      events: reported,
    });
  }
}

/** Sends as the region's sender, under its two configuration sets. */
export const canSend = (fn: PortalFunction, configuration: RegionConfiguration): void => {
  const names = mailNames(configuration);
  const { sesSandbox, account, emailRegion } = configuration;
  const everyIdentity = `arn:aws:ses:${emailRegion}:${account}:identity/*`;
  if (sesSandbox) {
    acknowledge(fn.role ?? fn, {
      [`AwsSolutions-IAM5[Resource::${everyIdentity}]`]:
        'In the sandbox SES asks for the right on the verified recipient as well.',
    });
  }
  fn.may(
    ['ses:SendRawEmail'],
    [
      sesSandbox ? everyIdentity : names.identityArn,
      names.configurationSetArn(names.resets),
      names.configurationSetArn(names.others),
    ],
    { StringEquals: { 'ses:FromAddress': configuration.region.sender } },
  );
};

const inEmailRegion = ({ emailRegion }: RegionConfiguration) => ({
  StringEquals: { 'aws:RequestedRegion': emailRegion },
});

/** Asks whether SES would refuse to send to an address. The list knows no narrower resource. */
export const canSeeSuppression = (fn: PortalFunction, configuration: RegionConfiguration): void =>
  fn.may(['ses:GetSuppressedDestination'], ['*'], inEmailRegion(configuration));

export const canLiftSuppression = (fn: PortalFunction, configuration: RegionConfiguration): void =>
  fn.may(['ses:DeleteSuppressedDestination'], ['*'], inEmailRegion(configuration));
