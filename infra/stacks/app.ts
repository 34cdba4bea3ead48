import { ConfigurationError, readConfiguration } from './configuration/configuration.ts';

try {
  const configurations = readConfiguration(process.env);
  // Only now, since loading CDK takes longer than finding a wrong value.
  const { synthesize } = await import('./synthesize.ts');
  synthesize(configurations);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
