import * as logs from 'aws-cdk-lib/aws-logs';
import * as waf from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { RegionConfiguration } from '../configuration/configuration.ts';
import { removal } from '../constructs/removal.ts';
import { bodies, metric, rules } from './firewall-rules.ts';

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
      customResponseBodies: bodies,
      rules,
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
