import type { Tags } from '../../shared/email/mail.ts';

/** SES events in the shapes of Amazon SES, 'Examples of event data that SES publishes to SNS'. */
export type Told = Tags & {
  readonly to: string;
  /** Milliseconds since 1970. */
  readonly at: number;
};

const iso = (at: number): string => new Date(at).toISOString();

const mail = ({ to, at, contactId, emailId, kind }: Told) => ({
  timestamp: iso(at),
  messageId: '0000014a-f4d4-4f36-b0a5-000000000000-000000',
  source: 'no-reply@customer.example.com.au',
  sourceArn: 'arn:aws:ses:ap-southeast-2:000000000000:identity/customer.example.com.au',
  sendingAccountId: '000000000000',
  destination: [to],
  headersTruncated: false,
  headers: [{ name: 'To', value: to }],
  commonHeaders: {
    from: ['no-reply@customer.example.com.au'],
    to: [to],
    subject: 'Your invitation',
  },
  tags: {
    'ses:configuration-set': ['portal-prod-au'],
    'ses:source-ip': ['192.0.2.1'],
    contactId: [contactId],
    emailId: [emailId],
    kind: [kind],
  },
});

const bounce = (told: Told, bounceType: string, bounceSubType: string, after: number) => ({
  eventType: 'Bounce',
  mail: mail(told),
  bounce: {
    feedbackId: '01000157c44f053b-61b59c11-000000000000-000000',
    bounceType,
    bounceSubType,
    bouncedRecipients: [
      {
        emailAddress: told.to,
        action: 'failed',
        status: '5.1.1',
        diagnosticCode: `smtp; 550 5.1.1 <${told.to}>: user unknown (jane=40example.com)`,
      },
    ],
    timestamp: iso(told.at + after),
    remoteMtaIp: '192.0.2.2',
    reportingMTA: 'dsn; b232-131.smtp-out.ap-southeast-2.amazonses.com',
  },
});

export const events = {
  send: (told: Told) => ({ eventType: 'Send', mail: mail(told), send: {} }),
  delivery: (told: Told) => ({
    eventType: 'Delivery',
    mail: mail(told),
    delivery: {
      timestamp: iso(told.at + 2000),
      processingTimeMillis: 2000,
      recipients: [told.to],
      smtpResponse: `250 2.6.0 Message received for ${told.to}`,
      remoteMtaIp: '192.0.2.3',
      reportingMTA: 'mta.example.com',
    },
  }),
  delay: (told: Told) => ({
    eventType: 'DeliveryDelay',
    mail: mail(told),
    deliveryDelay: {
      timestamp: iso(told.at + 1000),
      delayType: 'MailboxFull',
      expirationTime: iso(told.at + 3_600_000),
      delayedRecipients: [{ emailAddress: told.to, status: '4.2.2', diagnosticCode: 'smtp; 452' }],
    },
  }),
  'permanent bounce': (told: Told) => bounce(told, 'Permanent', 'General', 3000),
  'bounce of a listed address': (told: Told) =>
    bounce(told, 'Permanent', 'OnAccountSuppressionList', 3000),
  'transient bounce': (told: Told) => bounce(told, 'Transient', 'MailboxFull', 1500),
  'undetermined bounce': (told: Told) => bounce(told, 'Undetermined', 'Undetermined', 1500),
  complaint: (told: Told) => ({
    eventType: 'Complaint',
    mail: mail(told),
    complaint: {
      feedbackId: '01000157c44f053b-61b59c11-000000000000-000001',
      complaintSubType: null,
      complainedRecipients: [{ emailAddress: told.to }],
      timestamp: iso(told.at + 9000),
      userAgent: 'ExampleCorp Feedback Loop (V0.01)',
      complaintFeedbackType: 'abuse',
      arrivalDate: iso(told.at + 8000),
    },
  }),
  reject: (told: Told) => ({
    eventType: 'Reject',
    mail: mail(told),
    reject: { reason: 'Bad content' },
  }),
  'rendering failure': (told: Told) => ({
    eventType: 'Rendering Failure',
    mail: mail(told),
    failure: { templateName: 'none', errorMessage: `Attribute 'name' is missing for ${told.to}` },
  }),
} as const;
export type EventName = keyof typeof events;
export const eventNames = Object.keys(events) as EventName[];
