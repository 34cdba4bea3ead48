import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { MailStack } from './mail-stack.ts';
import { PortalStack } from './portal-stack.ts';

const synthesize = (): void => {
  const app = new App({ analyticsReporting: false });
  for (const configuration of readConfiguration(process.env)) {
    const mail = new MailStack(app, configuration);
    new PortalStack(app, configuration).addStackDependency(mail);
  }
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  app.synth();
};

try {
  synthesize();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
