import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { watchMail } from './alarms/mail-alarms.ts';
import type { RegionConfiguration } from './configuration/configuration.ts';
import { subscribe, undelivered } from './constructs/events.ts';
import { PortalFunction } from './constructs/function.ts';
import { Mail } from './constructs/mail.ts';
import { mailNames } from './constructs/mail-names.ts';
import { only } from './constructs/records.ts';

/**
 * The mail of one region, in its email region: for New Zealand another AWS region than the portal's.
 * It knows the home table only by name and region.
 */
export class MailStack extends Stack {
  constructor(scope: Construct, configuration: RegionConfiguration) {
    const { name, account, emailRegion, awsRegion, restoredTable } = configuration;
    super(scope, `${name}-mail`, {
      env: { account, region: emailRegion },
      description: `Mail of the customer portal of ${configuration.region.country}, stage ${configuration.stage}`,
      terminationProtection: configuration.isProtected,
    });
    const mail = new Mail(this, 'Mail', configuration);
    const table = restoredTable?.name ?? name;
    const failed = undelivered(this, 'Failed', configuration, 'mail-failed');
    const emailEvents = new PortalFunction(this, 'email-events', {
      name: 'email-events',
      configuration,
      memory: 512,
      timeout: Duration.seconds(30),
      variables: { TABLE_NAME: table, TABLE_REGION: awsRegion },
      failed,
    });
    const homeTable = `arn:aws:dynamodb:${awsRegion}:${account}:table/${table}`;
    const actions = ['GetItem', 'PutItem', 'BatchWriteItem'].map((action) => `dynamodb:${action}`);
    emailEvents.may(actions, [homeTable], only(['contact']));
    subscribe(emailEvents, mail.topic, failed);
    watchMail(this, configuration, emailEvents, failed);
    this.writeRecords(mail, mailNames(configuration).domain, configuration.dmarcReports);
  }

  /** The DNS records that let receivers believe our emails. */
  private writeRecords(mail: Mail, domain: string, dmarcReports: string): void {
    mail.identity.dkimRecords.forEach(({ name, value }, index) => {
      this.output(`DkimRecord${index + 1}`, `${name} CNAME ${value}`);
    });
    const bounce = mail.mailFromDomain;
    this.output('MailFromMxRecord', `${bounce} MX 10 feedback-smtp.${this.region}.amazonses.com`);
    this.output('MailFromSpfRecord', `${bounce} TXT "v=spf1 include:amazonses.com -all"`);
    this.output(
      'DmarcRecord',
      `_dmarc.${domain} TXT "v=DMARC1; p=quarantine; adkim=s; aspf=r; rua=mailto:${dmarcReports}"`,
    );
  }

  private output(id: string, value: string): void {
    new CfnOutput(this, id, { description: 'DNS record of the mail domain', value });
  }
}
