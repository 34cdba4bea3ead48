import * as logs from 'aws-cdk-lib/aws-logs';
import * as waf from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { RefusalCode } from '../../../shared/core/refusal.ts';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { removal } from '../constructs/removal.ts';

type Rule = waf.CfnWebACL.RuleProperty;
type Statement = waf.CfnWebACL.StatementProperty;

/** Sign-ins and reset requests that one address may make in five minutes. */
const attemptsPerAddress = 100;

/** Public bodies are small forms; WAF looks at the first 16 KB of a body. */
const largestBody = 16_384;

const metric = (metricName: string) => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false, // Samples would show query strings, and so the tokens of links.
});

/** A rule set that AWS maintains; the named rules only count. */
const managed = (name: string, priority: number, ...counted: string[]): Rule => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      // WAF has refused an empty list.
      ...(counted.length > 0 && {
        ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
      }),
    },
  },
  visibilityConfig: metric(name),
});

const method = (searchString: string): Statement => ({
  byteMatchStatement: {
    fieldToMatch: { method: {} },
    positionalConstraint: 'EXACTLY',
    searchString,
    textTransformations: [{ priority: 0, type: 'NONE' }],
  },
});

const path = (regexString: string): Statement => ({
  regexMatchStatement: {
    fieldToMatch: { uriPath: {} },
    regexString,
    textTransformations: [
      { priority: 0, type: 'URL_DECODE' },
      { priority: 1, type: 'NORMALIZE_PATH' },
    ],
  },
});

const both = (...statements: Statement[]): Statement => ({ andStatement: { statements } });

/** What stands in front of the API: one web ACL per region. */
export class Firewall extends Construct {
  readonly acl: waf.CfnWebACL;

  constructor(scope: Construct, id: string, configuration: RegionConfiguration, stageArn: string) {
    super(scope, id);
    const { name, logDays } = configuration;
    this.acl = new waf.CfnWebACL(this, 'Acl', {
      name,
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: metric(name),
      customResponseBodies: {
        'too-many': problemBody(429, 'too_many_attempts', 'Too many attempts. Please wait.'),
        'too-large': problemBody(413, 'payload_too_large', 'The request is too large.'),
      },
      rules: [
        tooManyAttempts,
        tooLarge,
        managed('AWSManagedRulesAmazonIpReputationList', 2),
        managed('AWSManagedRulesKnownBadInputsRuleSet', 3),
        // A password may look like anything, and is only ever compared: what these rules see in
        // bodies is counted. Sizes are the rule above and the functions themselves.
        managed(
          'AWSManagedRulesCommonRuleSet',
          4,
          'SizeRestrictions_BODY',
          'CrossSiteScripting_BODY',
          'GenericLFI_BODY',
          'GenericRFI_BODY',
          'EC2MetaDataSSRF_BODY',
        ),
      ],
    });
    new waf.CfnWebACLAssociation(this, 'Association', {
      resourceArn: stageArn,
      webAclArn: this.acl.attrArn,
    });
    const log = new logs.LogGroup(this, 'Logs', {
      logGroupName: `aws-waf-logs-${name}`, // The prefix is WAF's.
      retention: logDays,
      removalPolicy: removal(configuration),
    });
    new waf.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.acl.attrArn,
      logDestinationConfigs: [log.logGroupArn],
      redactedFields: [
        { queryString: {} },
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'cookie' } },
      ],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [
          {
            Behavior: 'KEEP',
            Requirement: 'MEETS_ANY',
            Conditions: [{ ActionCondition: { Action: 'BLOCK' } }],
          },
        ],
      },
    });
  }
}

const problemBody = (status: number, code: RefusalCode, title: string) => ({
  contentType: 'APPLICATION_JSON',
  content: JSON.stringify({ type: 'about:blank', status, code, title }),
});

const tooManyAttempts: Rule = {
  name: 'too-many-attempts',
  priority: 0,
  action: {
    block: {
      customResponse: {
        responseCode: 429,
        customResponseBodyKey: 'too-many',
        responseHeaders: [{ name: 'Retry-After', value: '300' }],
      },
    },
  },
  statement: {
    rateBasedStatement: {
      limit: attemptsPerAddress,
      evaluationWindowSec: 300,
      aggregateKeyType: 'IP',
      scopeDownStatement: both(
        method('POST'),
        path('^/(login|forgot-password|api/sessions|api/password-reset-requests)/?$'),
      ),
    },
  },
  visibilityConfig: metric('too-many-attempts'),
};

const tooLarge: Rule = {
  name: 'too-large',
  priority: 1,
  action: { block: { customResponse: { responseCode: 413, customResponseBodyKey: 'too-large' } } },
  statement: both(
    {
      sizeConstraintStatement: {
        fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
        comparisonOperator: 'GT',
        size: largestBody,
        textTransformations: [{ priority: 0, type: 'NONE' }],
      },
    },
    { notStatement: { statement: path('^/staff/') } },
  ),
  visibilityConfig: metric('too-large'),
};
