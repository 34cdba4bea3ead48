import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build as bundle, type Plugin } from 'esbuild';
import { functionNames } from '../stacks/configuration/functions.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The SDK's clients import their manifests for their version alone; the rest is 2 KB each. */
const versionsOnly: Plugin = {
  name: 'versions-only',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    }),
};

/**
 * Bundles every function into `build/<name>/index.mjs`, all in one call; the stacks of every region
 * and stage share the result. `build/meta.json` says what each bundle is made of.
 */
export const build = async (): Promise<void> => {
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: functionNames.map((name) => ({
      in: `functions/${name}/index.ts`,
      out: `${name}/index`,
    })),
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
    // Imported at the first streaming operation, of which this product uses none.
    external: ['@smithy/core/event-streams'],
    plugins: [versionsOnly],
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  await writeFile(`${root}build/meta.json`, JSON.stringify(metafile));
};

if (import.meta.main) {
  await build().catch(() => {
    process.exitCode = 1; // esbuild has said why.
  });
}
