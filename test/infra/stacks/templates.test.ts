import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { checkVariables } from '../../../infra/local/emulators/api-gateway/context-variables.ts';
import { functionNames } from '../../../infra/stacks/configuration/functions.ts';
import { routes } from '../../../shared/api/routes.ts';
import { regionSchema } from '../../../shared/core/region-schema.ts';
import { securityHeaders } from '../../../shared/pages/security-headers.ts';
import { type Stack, synthesized } from '../../support/synthesized.ts';

let stacks: Readonly<Record<string, Stack>> = {};
beforeAll(async () => {
  stacks = await synthesized();
});

const stackOf = (name: string): Stack => {
  const stack = stacks[name];
  if (!stack) throw new Error(`No stack ${name}`);
  return stack;
};

const regions = [
  {
    code: 'au',
    home: 'ap-southeast-2',
    mail: 'ap-southeast-2',
    host: 'customer.gjgardner.com.au',
  },
  { code: 'nz', home: 'ap-southeast-6', mail: 'ap-southeast-2', host: 'customer.gjgardner.co.nz' },
  { code: 'us', home: 'us-west-2', mail: 'us-west-2', host: 'customer.gjgardner.com' },
];

describe.each(regions)('$code in production', ({ code, home, mail, host }) => {
  const portal = () => stackOf(`portal-prod-${code}`);
  const mailStack = () => stackOf(`portal-prod-${code}-mail`);

  it('keeps its data at home and its mail where SES is', () => {
    expect(portal().awsRegion).toBe(home);
    expect(mailStack().awsRegion).toBe(mail);
  });

  it('names no AWS region but its own two', () => {
    const named = new Set(
      `${portal().text}${mailStack().text}`.match(/\b(ap|us|eu)-(south|north)?(east|west)-\d\b/g),
    );
    expect([...named].sort()).toEqual([...new Set([home, mail])].sort());
  });

  it('has a table that is encrypted, backed up, followed and tidied', () => {
    expect(portal().one('AWS::DynamoDB::Table')).toMatchObject({
      TableName: `portal-prod-${code}`,
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  it('gives its functions a region that they need not check', () => {
    const functions = [portal(), mailStack()].flatMap((stack) =>
      stack.all('AWS::Lambda::Function'),
    );
    const given = functions.flatMap(({ Properties }) => {
      const { Variables } = Properties['Environment'] as { Variables: Record<string, string> };
      const { PORTAL_REGION: region } = Variables;
      return region === undefined ? [] : [z.parse(regionSchema, JSON.parse(region)).code];
    });
    expect(given).toHaveLength(functionNames.length);
    expect(new Set(given)).toEqual(new Set([code.toUpperCase()]));
  });

  it('shuts every public door of its user pool', () => {
    expect(portal().one('AWS::Cognito::UserPool')).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'admin_only', Priority: 1 }] },
      UsernameConfiguration: { CaseSensitive: false },
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: false } },
    });
    expect(portal().one('AWS::Cognito::UserPoolClient')).toMatchObject({
      GenerateSecret: true,
      // Cognito has refused a client without the second (aws-cdk#7625).
      ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    });
    expect(portal().one('AWS::Cognito::UserPoolClient')['AllowedOAuthFlows']).toBeUndefined();
    expect(portal().all('AWS::Cognito::UserPoolDomain')).toEqual([]);
    expect(portal().one('AWS::Cognito::UserPool')['AliasAttributes']).toBeUndefined();
    expect(portal().one('AWS::Cognito::UserPool')['UsernameAttributes']).toBeUndefined();
  });

  it('is reached at its own domain alone', () => {
    expect(portal().one('AWS::ApiGateway::RestApi')).toMatchObject({
      DisableExecuteApiEndpoint: true,
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
    expect(portal().one('AWS::ApiGateway::DomainName')).toMatchObject({
      DomainName: host,
      SecurityPolicy: 'TLS_1_2',
      RegionalCertificateArn: expect.stringContaining(`arn:aws:acm:${home}:`),
    });
    expect(portal().all('AWS::CertificateManager::Certificate')).toEqual([]); // No wait for DNS.
  });

  it('sends pictures as bytes to every browser, which the type that it accepts first decides', () => {
    expect(portal().one('AWS::ApiGateway::RestApi')).toMatchObject({ BinaryMediaTypes: ['*/*'] });
  });

  it('serves every route of the table, and asks an authorizer before every staff call', () => {
    const methods = portal().all('AWS::ApiGateway::Method');
    const staff = methods.filter(
      ({ Properties }) =>
        Properties['AuthorizationType'] === 'CUSTOM' && Properties['AuthorizerId'],
    );
    const served = routes.flatMap((route) => (route.method === 'GET' ? [route, route] : [route]));
    const staffRoutes = served.filter(({ audience }) => audience === 'staff');
    expect(staff).toHaveLength(staffRoutes.length); // GET and HEAD
    expect(staffRoutes.every(({ path }) => path.startsWith('/staff/'))).toBe(true);
    const [authorizer] = portal().all('AWS::ApiGateway::Authorizer');
    const expression = new RegExp(String(authorizer?.Properties['IdentityValidationExpression']));
    const taken = ['Bearer a.b.c', 'bearer a.b.c', 'Basic a.b.c', 'Bearer a.b', 'x Bearer a.b.c'];
    expect(taken.filter((header) => expression.test(header))).toEqual(taken.slice(0, 2));
    const open = methods.filter(({ Properties }) => Properties['AuthorizationType'] === 'NONE');
    expect(open.length + staff.length).toBe(methods.length);
    expect(open.length).toBeGreaterThanOrEqual(served.length - staffRoutes.length);
  });

  it('leaves no method of any path to API Gateway, which would call it forbidden', () => {
    const resources = portal().all('AWS::ApiGateway::Resource').length + 1; // and the root
    const others = portal()
      .all('AWS::ApiGateway::Method')
      .filter(({ Properties }) => Properties['HttpMethod'] === 'ANY');
    expect(others).toHaveLength(resources);
    const answeredBy = others.map(({ Properties }) => {
      expect(Properties['AuthorizationType']).toBe('NONE');
      return /"(pages|staffconsole)\w*"/.exec(JSON.stringify(Properties['Integration']))?.[1];
    });
    // The staff console answers for its own path and all below it.
    const isOfConsole = ({ path }: { path: string }) => path.startsWith('/staff-console');
    const console = new Set(routes.filter(isOfConsole).map(({ path }) => path));
    const onTheWay = ['/staff-console/contacts'];
    expect(answeredBy.filter((name) => name === 'staffconsole')).toHaveLength(
      console.size + onTheWay.length,
    );
    expect(answeredBy).not.toContain(undefined);
  });

  it('writes no path, query string or body of a request to a log or a trace', () => {
    const stage = portal().one('AWS::ApiGateway::Stage');
    const format = JSON.stringify(stage['AccessLogSetting']);
    for (const word of ['context.path', 'requestOverride', 'querystring', 'identity.user']) {
      expect(format).not.toContain(word);
    }
    expect(stage).toMatchObject({ TracingEnabled: false });
    expect(stage['MethodSettings']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          HttpMethod: '*',
          ResourcePath: '/*',
          LoggingLevel: 'OFF',
          DataTraceEnabled: false,
        }),
      ]),
    );
    expect(portal().one('AWS::WAFv2::LoggingConfiguration')['RedactedFields']).toEqual(
      expect.arrayContaining([{ QueryString: {} }]),
    );
  });

  it('throttles each route', () => {
    const settings = portal().one('AWS::ApiGateway::Stage')['MethodSettings'] as {
      ThrottlingRateLimit?: number;
    }[];
    expect(settings).toHaveLength(routes.filter(({ method }) => method !== 'ANY').length + 1); // one for all that is not found

    expect(settings.every(({ ThrottlingRateLimit = 0 }) => ThrottlingRateLimit > 0)).toBe(true);
  });

  it('answers what API Gateway refuses by itself as a problem, and as a page', () => {
    const answers = portal().all('AWS::ApiGateway::GatewayResponse');
    expect(answers.length).toBeGreaterThan(10);
    for (const { Properties } of answers) {
      const templates = Properties['ResponseTemplates'] as Record<string, string>;
      for (const template of Object.values(templates))
        checkVariables(template, 'a gateway response');
      expect(JSON.parse(templates['application/json'] ?? '')).toMatchObject({
        type: 'about:blank',
      });
      const isStaffs = /^(UNAUTHORIZED|ACCESS_DENIED|AUTHORIZER_)/.test(
        String(Properties['ResponseType']),
      );
      expect('text/html' in templates).toBe(!isStaffs);
    }
  });

  it('protects what the gateway and the firewall answer as it does every page', () => {
    const constants = portal()
      .all('AWS::ApiGateway::GatewayResponse')
      .map(({ Properties }) => Properties['ResponseParameters'] as Record<string, string>);
    const { 'Content-Security-Policy': policy, ...others } = securityHeaders;
    for (const [name, value] of Object.entries(others)) {
      expect(new Set(constants.map((own) => own[`gatewayresponse.header.${name}`]))).toEqual(
        new Set([`'${value}'`]),
      );
    }
    // A constant is in single quotes and can hold none.
    expect(constants.flatMap(Object.values).filter((value) => !/^'[^']*'$/.test(value))).toEqual(
      [],
    );
    const acl = JSON.stringify(portal().one('AWS::WAFv2::WebACL')['Rules']);
    const blocking = acl.match(/"CustomResponseBodyKey"/g) ?? [];
    expect(blocking).toHaveLength(4);
    expect(acl.match(/"Name":"Content-Security-Policy"/g)).toHaveLength(4);
    expect(acl).toContain(JSON.stringify(policy));
  });

  it('lets one address make 100 sign-ins or reset requests in five minutes, and 6,000 of all else', () => {
    const rules = portal().one('AWS::WAFv2::WebACL')['Rules'] as {
      Name: string;
      Priority: number;
      Statement: { RateBasedStatement?: object };
    }[];
    expect(
      rules.flatMap(({ Name, Statement: { RateBasedStatement } }) =>
        RateBasedStatement ? [[Name, RateBasedStatement]] : [],
      ),
    ).toEqual([
      [
        'too-many-attempts',
        expect.objectContaining({ Limit: 100, EvaluationWindowSec: 300, AggregateKeyType: 'IP' }),
      ],
      ['too-many-requests', expect.objectContaining({ Limit: 6_000, EvaluationWindowSec: 300 })],
    ]);
    expect(rules.map(({ Priority }) => Priority)).toEqual([...rules.keys()]);
    expect(portal().all('AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
  });

  it('tells a browser by a page and a program by JSON that the firewall refused', () => {
    const bodies = portal().one('AWS::WAFv2::WebACL')['CustomResponseBodies'] as Record<
      string,
      { ContentType: string; Content: string }
    >;
    expect(Object.entries(bodies).map(([key, { ContentType }]) => [key, ContentType])).toEqual([
      ['too-many', 'APPLICATION_JSON'],
      ['too-many-page', 'TEXT_HTML'],
      ['too-large', 'APPLICATION_JSON'],
      ['too-large-page', 'TEXT_HTML'],
    ]);
  });

  it('counts what a password, a CRM or a link may rightly look like', () => {
    const acl = JSON.stringify(portal().one('AWS::WAFv2::WebACL'));
    for (const rule of [
      'SizeRestrictions_BODY',
      'CrossSiteScripting_BODY',
      'GenericLFI_BODY',
      'NoUserAgent_HEADER',
      'RestrictedExtensions_QUERYARGUMENTS',
    ]) {
      expect(acl).toContain(`{"ActionToUse":{"Count":{}},"Name":"${rule}"}`);
    }
  });

  it('runs every function on the newest Node.js on arm64, with logs that end and a role of its own', () => {
    const functions = [portal(), mailStack()].flatMap((stack) =>
      stack.all('AWS::Lambda::Function'),
    );
    expect(functions.map(({ Properties }) => Properties['FunctionName']).sort()).toEqual(
      functionNames.map((name) => `portal-prod-${code}-${name}`).sort(),
    );
    const roles = new Set(functions.map(({ Properties }) => JSON.stringify(Properties['Role'])));
    expect(roles.size).toBe(functions.length);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        LoggingConfig: { LogFormat: 'JSON' },
      });
      expect(Properties).not.toHaveProperty('TracingConfig');
      expect(JSON.stringify(Properties['Environment'])).not.toMatch(/secret/i);
    }
    for (const log of [...portal().all('AWS::Logs::LogGroup')]) {
      expect(log.Properties['RetentionInDays']).toBe(365);
    }
  });

  it('answers a person within ten seconds or not at all', () => {
    for (const name of ['pages', 'reset-requests', 'credentials', 'sessions', 'staff-write']) {
      expect(portal().one('AWS::Lambda::Function', `"portal-prod-${code}-${name}"`)).toMatchObject({
        Timeout: 10,
      });
    }
  });

  it.each([
    ['urgent', 1, 2],
    ['background', 2, 1],
  ])('sets every bound of the stream mapping for %s work', (_, lane, atOnce) => {
    const filter = `{"dynamodb":{"NewImage":{"pending":{"N":["${lane}"]}}}}`;
    const mapping = portal().one('AWS::Lambda::EventSourceMapping', JSON.stringify(filter));
    expect(mapping).toMatchObject({
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 10,
      MaximumRecordAgeInSeconds: 21_600,
      ParallelizationFactor: atOnce,
      FilterCriteria: { Filters: [{ Pattern: filter }] },
    });
    expect(JSON.stringify(mapping['DestinationConfig'])).toContain('Failed');
  });

  it('sweeps every minute, and lets its canary ask every quarter of an hour once it is live', () => {
    expect(portal().one('AWS::Events::Rule', '-sweep')).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
    });
    expect(portal().one('AWS::Events::Rule', '-canary')).toMatchObject({
      ScheduleExpression: 'rate(15 minutes)',
      State: 'DISABLED',
    });
  });

  it('signs its mail for its own domain and insists on TLS', () => {
    expect(mailStack().one('AWS::SES::EmailIdentity')).toMatchObject({
      EmailIdentity: host,
      MailFromAttributes: { MailFromDomain: `bounce.${host}` },
    });
    const sets = mailStack().all('AWS::SES::ConfigurationSet');
    expect(sets.map(({ Properties }) => Properties['DeliveryOptions'])).toEqual([
      { TlsPolicy: 'REQUIRE', MaxDeliverySeconds: 3_600 },
      { TlsPolicy: 'REQUIRE', MaxDeliverySeconds: 50_400 },
    ]);
    expect(mailStack().outputs.join('\n')).toContain(`_dmarc.${host} TXT`);
    expect(mailStack().outputs.join('\n')).toContain(`rua=mailto:dmarc@${host.slice(9)}`);
    expect(mailStack().outputs.join('\n')).toContain(`feedback-smtp.${mail}.amazonses.com`);
  });

  it('hears of every email what SES knows', () => {
    for (const { Properties } of mailStack().all('AWS::SES::ConfigurationSetEventDestination')) {
      expect(Properties['EventDestination']).toMatchObject({
        Enabled: true,
        MatchingEventTypes: [
          'send',
          'delivery',
          'deliveryDelay',
          'bounce',
          'complaint',
          'reject',
          'renderingFailure',
        ],
      });
    }
    expect(mailStack().all('AWS::SES::ConfigurationSetEventDestination')).toHaveLength(2);
    expect(JSON.stringify(mailStack().one('AWS::SNS::Subscription', 'lambda'))).toContain(
      'RedrivePolicy',
    );
  });

  it('writes what it hears to the table at home', () => {
    expect(mailStack().one('AWS::Lambda::Function', 'email-events')['Environment']).toMatchObject({
      Variables: { TABLE_NAME: `portal-prod-${code}`, TABLE_REGION: home },
    });
  });

  it('says in every alarm what a client notices and where the runbook is', () => {
    const alarms = [portal(), mailStack()].flatMap((stack) => stack.all('AWS::CloudWatch::Alarm'));
    expect(alarms.length).toBeGreaterThan(15);
    const runbook = readFileSync('docs/operations.md', 'utf8');
    for (const { Properties } of alarms) {
      const heading = String(Properties['AlarmDescription']).split('#')[1];
      expect(runbook).toContain(`\n### ${heading}\n`);
      expect(Properties['AlarmDescription']).toMatch(/^[A-Z].+\. Runbook: docs\/operations\.md#/);
      expect(Properties['AlarmActions']).toHaveLength(1);
    }
  });
});

describe('the stages', () => {
  it('live side by side: no name of one is a name of the other', () => {
    const names = (stage: string) =>
      regions.flatMap(({ code }) =>
        [`portal-${stage}-${code}`, `portal-${stage}-${code}-mail`].flatMap((stack) =>
          [...stackOf(stack).text.matchAll(/"(?:\w+Name|Name)":"(portal-[^"]+)"/g)].map(
            ([, name]) => name,
          ),
        ),
      );
    const prod = new Set(names('prod'));
    expect(prod.size).toBeGreaterThan(50);
    expect(names('dev').filter((name) => prod.has(name))).toEqual([]);
  });

  it('differ by values: a development stack can be thrown away', () => {
    const [table] = stackOf('portal-dev-au').all('AWS::DynamoDB::Table');
    expect(table).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { DeletionProtectionEnabled: false },
    });
    expect(stackOf('portal-dev-au').protectedFromDeletion).toBe(false);
    const types = (name: string) =>
      [...stackOf(name).text.matchAll(/"Type":"(AWS::[^"]+)"/g)].map(([, type]) => type).sort();
    expect(types('portal-dev-au')).toEqual(types('portal-prod-au'));
  });
});
