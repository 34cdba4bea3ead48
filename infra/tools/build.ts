import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';
import { staffDocument } from '../../shared/api/openapi/staff.ts';
import { faviconOf, touchIconOf } from '../../shared/pages/assets/icons.ts';
import { pictureFile } from '../../shared/pages/assets/paths.ts';
import { script } from '../../shared/pages/assets/script.ts';
import { styleOf } from '../../shared/pages/assets/style.ts';
import { franchise } from '../stacks/configuration/brand.ts';
import { readConfiguration } from '../stacks/configuration/configuration.ts';
import { bundleFolder, functionNames } from '../stacks/configuration/functions.ts';
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
const drawPictures = async (): Promise<void> => {
  for (const { region } of readConfiguration({ PORTAL_STAGE: 'local', ...process.env })) {
    for (const [name, picture] of drawIcons(region.brand)) {
      const file = `${bundleFolder('pages')}/${pictureFile(region.brand, name)}`;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, picture);
    }
  }
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
    plugins: [...leanBundles],
    define: { 'process.env.ASSETS_VERSION': JSON.stringify(assetsVersion()) },
    minify: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  await drawPictures();
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
