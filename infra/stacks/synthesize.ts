import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import flags from '../../cdk.json' with { type: 'json' };
import type { RegionConfiguration } from './configuration/configuration.ts';
import { MailStack } from './mail-stack.ts';
import { PortalStack } from './portal-stack.ts';

/**
 * The two stacks of each region, written out as CloudFormation templates, with the feature flags of
 * cdk.json whoever calls: CDK's own command, a test or the local run.
 * @throws when a rule of cdk-nag is broken and nobody said why.
 */
export const synthesize = (configurations: readonly RegionConfiguration[]) => {
  const app = new App({ analyticsReporting: false, context: flags.context });
  for (const configuration of configurations) {
    const mail = new MailStack(app, configuration);
    new PortalStack(app, configuration).addStackDependency(mail); // Emails need a sender.
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return app.synth();
};
