import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build as bundle } from 'esbuild';
import { staffDocument } from '../../shared/api/openapi/staff.ts';
import { faviconOf, touchIconOf } from '../../shared/pages/assets/icons.ts';
import { pictureFile } from '../../shared/pages/assets/paths.ts';
import { script } from '../../shared/pages/assets/script.ts';
import { styleOf } from '../../shared/pages/assets/style.ts';
import { franchise } from '../stacks/configuration/brand.ts';
import {
  type RegionConfiguration,
  readConfiguration,
} from '../stacks/configuration/configuration.ts';
import {
  bundleFolder,
  type FunctionName,
  functionNames,
} from '../stacks/configuration/functions.ts';
import { drawIcons } from './icons.ts';
import { leanBundles } from './lean-bundles.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Names the content of the pages' files; a region's own brand is named beside it. */
const assetsVersion = (): string =>
  createHash('sha256')
    .update(
      `${styleOf(franchise.colours)}${script}${faviconOf(franchise)}${touchIconOf(franchise)}`,
    )
    .digest('base64url')
    .slice(0, 10);

/** Draws the icons of every region's brand beside the bundle of the pages. */
const drawPictures = async (configurations: readonly RegionConfiguration[]): Promise<void> => {
  for (const { region } of configurations) {
    for (const [name, picture] of drawIcons(region.brand)) {
      const file = `${bundleFolder('pages')}/${pictureFile(region.brand, name)}`;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, picture);
    }
  }
};

const options = {
  absWorkingDir: root,
  outdir: 'build',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // The packages' ES modules: smaller, and free of `require` calls that fail in an ES module.
  mainFields: ['module', 'main'],
  alias: {
    '@aws-sdk/credential-provider-node': './shared/aws/sdk/environment-credentials.ts',
    '@aws-sdk/endpoint-cache': './shared/aws/sdk/no-endpoint-cache.ts',
  },
  // Imported at the first streaming operation, of which this product uses none, and in browsers.
  external: ['@smithy/core/event-streams', 'bowser'],
  plugins: [...leanBundles],
  define: { 'process.env.ASSETS_VERSION': JSON.stringify(assetsVersion()) },
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

const entryOf = (name: FunctionName) => ({
  in: `functions/${name}/index.ts`,
  out: `${name}/index`,
});

/** Loads parts of itself only when they are asked for (`import()`), each from a file of its own. */
const inParts: readonly FunctionName[] = ['staff-console', 'staff-read', 'staff-write'];

const bundleAll = async () => {
  const whole = functionNames.filter((name) => !inParts.includes(name));
  const made = await Promise.all([
    bundle({ ...options, entryPoints: whole.map(entryOf) }),
    ...inParts.map((name) =>
      bundle({
        ...options,
        entryPoints: [entryOf(name)],
        splitting: true,
        chunkNames: `${name}/[name]-[hash]`,
      }),
    ),
  ]);
  return {
    inputs: Object.assign({}, ...made.map(({ metafile }) => metafile.inputs)) as object,
    outputs: Object.assign({}, ...made.map(({ metafile }) => metafile.outputs)) as object,
  };
};

/** Parts are named by their content: those of a former build would be deployed with these. */
const removeOldParts = async (outputs: object): Promise<void> => {
  for (const folder of inParts.map((name) => `build/${name}`)) {
    const parts = (await readdir(`${root}${folder}`)).filter((file) => file.endsWith('.mjs'));
    const old = parts.filter((file) => !Object.hasOwn(outputs, `${folder}/${file}`));
    await Promise.all(old.map((file) => rm(`${root}${folder}/${file}`)));
  }
};

/**
 * Bundles every function into `build/<name>/index.mjs`; the stacks of every region and stage share the
 * result. `build/meta.json` says what each bundle is made of.
 */
export const build = async (): Promise<void> => {
  // First, so that a wrong value is told at once.
  const configurations = readConfiguration({ PORTAL_STAGE: 'local', ...process.env });
  const metafile = await bundleAll();
  await removeOldParts(metafile.outputs);
  await drawPictures(configurations);
  await writeFile(`${root}build/staff-read/openapi.json`, JSON.stringify(staffDocument([], '')));
  await writeFile(`${root}build/meta.json`, JSON.stringify(metafile));
};

if (import.meta.main) {
  await build().catch((error: unknown) => {
    // Of its own errors esbuild has said why.
    if (error instanceof Error && !('errors' in error)) process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
