import { readFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

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
 * An ES module that imports a part of Node reads each of its members, and some load a lot: those of
 * `node:http` load undici, 30 ms (nodejs/node#59686). Asked for as an object, it loads what is used.
 */
const builtinsAsObjects: Plugin = {
  name: 'builtins-as-objects',
  setup: ({ onLoad, onResolve }) => {
    onResolve({ filter: /^[\w:/]+$/ }, ({ path }) =>
      isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
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

const adapters = fileURLToPath(new URL('../../shared/aws', import.meta.url));

/** Every word of the adapters: the exceptions that they tell apart are among them. */
const adapterWords = async (): Promise<ReadonlySet<string>> => {
  const words = new Set<string>();
  for await (const file of glob(`${adapters}/**/*.ts`)) {
    for (const [word] of readFileSync(file, 'utf8').matchAll(/\w+/g)) words.add(word);
  }
  return words;
};

/**
 * A client's schemas describe all of its operations, and two habits keep them all in a bundle:
 * computed keys, whose names esbuild cannot see through, and the registration of every exception.
 * With plain keys only the schemas of what is called stay. An exception that no adapter names is
 * thrown as the service's own, with its name, as the SDK does with one it does not know.
 */
const calledSchemasOnly: Plugin = {
  name: 'called-schemas-only',
  setup: ({ onLoad }) => {
    const named = adapterWords();
    onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]/ }, async (file) => {
      const source = await readFile(file.path, 'utf8');
      const names = new Map(
        [...source.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name, text]) => [name, text]),
      );
      const words = await named;
      return {
        contents: source
          .replaceAll(
            /\[(\w+)\]:/g,
            (key, name: string) => `${names.get(name) ?? key.slice(0, -1)}:`,
          )
          .replaceAll(/^\w+\.registerError\(\w+\$, (\w+)\);$/gm, (line, error: string) =>
            words.has(error) || error.endsWith('ServiceException') ? line : '',
          ),
      };
    });
  },
};

/**
 * nodemailer can attach what stands at a web address and guess its type; this product attaches
 * nothing, and the HTTP clients and the table of types would more than double it.
 */
const noAttachments: Plugin = {
  name: 'no-attachments',
  setup: ({ onLoad }) => {
    onLoad({ filter: /nodemailer[\\/].*[\\/]fetch[\\/]index\.js$/ }, () => ({
      contents: "export default () => { throw new Error('Nothing is attached.'); };",
    }));
    onLoad({ filter: /nodemailer[\\/].*[\\/]mime-types\.js$/ }, () => ({
      contents: "export const detectMimeType = () => ''; export const detectExtension = () => '';",
    }));
  },
};

/** What every bundle leaves out: docs/decisions/lean-bundles.md. */
export const leanBundles: readonly Plugin[] = [
  versionsOnly,
  builtinsAsObjects,
  noSharedFiles,
  calledSchemasOnly,
  noAttachments,
];
