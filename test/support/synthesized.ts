import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Choice } from '../../infra/stacks/configuration/configuration.ts';

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

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `synthesizer.ts` answers. */
    readonly synthesizer: string;
  }
}

/** Both stages that can be deployed, with all that a region may have. */
const everything: Choice = { PORTAL_CONFIG: 'test/support/with-webhooks.json' };

/** Production as it goes on without a webhook, New Zealand being live. */
export const live: Choice = { PORTAL_STAGE: 'prod', PORTAL_CONFIG: 'test/support/live.json' };

/**
 * Synthesizes what a choice asks for, once for all tests.
 * @returns the folder of the cloud assembly; it is read only
 */
export const synthesizedInto = async (choice: Choice = everything): Promise<string> => {
  const query = new URLSearchParams(choice as Record<string, string>);
  const response = await fetch(`${inject('synthesizer')}?${query}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
};

const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, Artifact>;
  };
type Artifact = {
  readonly type: string;
  readonly environment: string;
  readonly properties: {
    readonly templateFile: string;
    readonly terminationProtection?: boolean;
  };
};
type Template = {
  readonly Resources: Record<string, Resource>;
  readonly Outputs?: Record<string, { readonly Value: unknown }>;
};

const stackOf = (folder: string, { environment, properties }: Artifact): Stack => {
  const text = readFileSync(join(folder, properties.templateFile), 'utf8');
  const { Resources: resources, Outputs = {} } = JSON.parse(text) as Template;
  const all = (type: string) => Object.values(resources).filter(({ Type }) => Type === type);
  return {
    awsRegion: environment.split('/').at(-1) ?? '',
    protectedFromDeletion: properties.terminationProtection ?? false,
    text: JSON.stringify(JSON.parse(text)),
    outputs: Object.values(Outputs).map(({ Value }) => JSON.stringify(Value)),
    resources,
    all,
    one: (type, naming = '') => {
      const found = all(type).filter((resource) => JSON.stringify(resource).includes(naming));
      const [only] = found;
      if (!only || found.length > 1) throw new Error(`${found.length} of ${type} ${naming}`);
      return only.Properties;
    },
  };
};

/** Synthesizes what a choice asks for, `everything` without one: its stacks by name. */
export const synthesized = async (choice?: Choice): Promise<Readonly<Record<string, Stack>>> => {
  const folder = await synthesizedInto(choice);
  const artifacts = Object.entries(manifestOf(folder).artifacts);
  return Object.fromEntries(
    artifacts
      .filter(([, { type }]) => type === 'aws:cloudformation:stack')
      .map(([name, artifact]) => [name, stackOf(folder, artifact)]),
  );
};
