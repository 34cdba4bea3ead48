import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { STATUS_CODES } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build as bundle, type Plugin } from 'esbuild';
import { favicon } from '../../shared/pages/assets/favicon.ts';
import { script } from '../../shared/pages/assets/script.ts';
import { style } from '../../shared/pages/assets/style.ts';
import { functionNames } from '../stacks/configuration/functions.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The SDK's clients import their manifests only for their version; the rest is 2 KB each. */
const versionsOnly: Plugin = {
  name: 'versions-only',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    }),
};

/**
 * middy's parsers import Node's HTTP module only for its table of status names; loading that
 * module from an ES module loads undici, 30 ms (nodejs/node#59686).
 */
const statusCodesOnly: Plugin = {
  name: 'status-codes-only',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^node:http$/ }, ({ importer }) =>
      /@middy[\\/]util/.test(importer)
        ? { path: 'status-codes', namespace: 'status-codes' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'status-codes' }, () => ({
      contents: `export const STATUS_CODES = ${JSON.stringify(STATUS_CODES)}`,
    }));
  },
};

/**
 * The SDK looks into shared configuration files at its first request; Lambda has none, and what a
 * function is told stands in its environment.
 */
const noSharedFiles: Plugin = {
  name: 'no-shared-files',
  setup: ({ onLoad }) =>
    onLoad({ filter: /shared-ini-file-loader[\\/]loadSharedConfigFiles\.js$/ }, () => ({
      contents:
        "export { CONFIG_PREFIX_SEPARATOR } from './constants';" +
        'export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });',
    })),
};

/** Names the content of the pages' files. */
const assetsVersion = (): string =>
  createHash('sha256').update(`${style}${script}${favicon}`).digest('base64url').slice(0, 10);

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
    plugins: [versionsOnly, statusCodesOnly, noSharedFiles],
    define: { 'process.env.ASSETS_VERSION': JSON.stringify(assetsVersion()) },
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
