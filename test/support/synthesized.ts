import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Choice, readConfiguration } from '../../infra/stacks/configuration/configuration.ts';
import { build } from '../../infra/tools/build.ts';

type Properties = Readonly<Record<string, unknown>>;
export type Resource = {
  readonly Type: string;
  readonly Properties: Properties;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
};

/** One synthesized stack, as CloudFormation will read it. */
export type Stack = {
  readonly awsRegion: string;
  readonly protectedFromDeletion: boolean;
  readonly text: string;
  readonly outputs: readonly string[];
  /** By logical id. */
  readonly resources: Readonly<Record<string, Resource>>;
  /** Every resource of a type. */
  readonly all: (type: string) => readonly Resource[];
  /** The properties of the only resource of a type, or of the one whose text has `naming`. */
  readonly one: (type: string, naming?: string) => Properties;
};

const assemblyOf = async (choice: Choice) => {
  if (!existsSync('build/meta.json')) await build();
  const folder = mkdtempSync(join(tmpdir(), 'portal-synth-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.env['CDK_OUTDIR'] = folder;
  const { synthesize } = await import('../../infra/stacks/synthesize.ts');
  return synthesize(readConfiguration(choice));
};

/** Synthesizes what a choice asks for, and says into which folder. */
export const synthesizedInto = async (choice: Choice): Promise<string> =>
  (await assemblyOf(choice)).directory;

/** Synthesizes what a choice asks for: its stacks by name. */
export const synthesized = async (choice: Choice): Promise<Readonly<Record<string, Stack>>> => {
  const assembly = await assemblyOf(choice);
  return Object.fromEntries(
    assembly.stacks.map((artifact) => {
      const template = artifact.template as {
        Resources: Record<string, Resource>;
        Outputs?: Record<string, { Value: unknown }>;
      };
      const all = (type: string) =>
        Object.values(template.Resources).filter(({ Type }) => Type === type);
      const stack: Stack = {
        awsRegion: artifact.environment.region,
        protectedFromDeletion: artifact.terminationProtection ?? false,
        text: JSON.stringify(template),
        outputs: Object.values(template.Outputs ?? {}).map(({ Value }) => JSON.stringify(Value)),
        resources: template.Resources,
        all,
        one: (type, naming = '') => {
          const found = all(type).filter((resource) => JSON.stringify(resource).includes(naming));
          const [only] = found;
          if (!only || found.length > 1) throw new Error(`${found.length} of ${type} ${naming}`);
          return only.Properties;
        },
      };
      return [artifact.stackName, stack];
    }),
  );
};
