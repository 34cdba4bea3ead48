import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { functionNames } from '../../../infra/stacks/configuration/functions.ts';
import { build } from '../../../infra/tools/build.ts';

type Meta = {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>
  >;
};

beforeAll(async () => {
  if (!existsSync('build/meta.json')) await build();
});

/** What a fresh process loads when it imports a bundle, without being asked for anything. */
const loadedBy = async (name: string) => {
  const bundle = pathToFileURL(`build/${name}/index.mjs`).href;
  const script = `
    const { handler } = await import(${JSON.stringify(bundle)});
    process.stdout.write(JSON.stringify({ kind: typeof handler, loaded: process.moduleLoadList }));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script],
    { env: {} },
  );
  return JSON.parse(stdout) as { kind: string; loaded: string[] };
};

describe.each(functionNames)('the bundle of %s', (name) => {
  it('can be imported with nothing in the environment, and loads no second HTTP client', async () => {
    const { kind, loaded } = await loadedBy(name);
    expect(kind).toBe('function');
    expect(loaded.filter((module) => module.includes('undici'))).toEqual([]);
  });

  it('takes credentials from the environment alone', () => {
    const { outputs } = JSON.parse(readFileSync('build/meta.json', 'utf8')) as Meta;
    const inputs = Object.keys(outputs[`build/${name}/index.mjs`]?.inputs ?? {});
    expect(inputs).not.toEqual([]);
    expect(inputs.filter((file) => file.includes('credential-provider'))).toEqual([]);
  });
});
