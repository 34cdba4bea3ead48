import { buildSync } from 'esbuild';

/** The functions of the probe, by their names in `probe.ts`. */
export type Handler =
  | 'web'
  | 'hang'
  | 'authorize'
  | 'follow'
  | 'tick'
  | 'hear'
  | 'limited'
  | 'mail'
  | 'take';

/** One function's code as a template holds it: CommonJS, with the SDK that Lambda's runtime has. */
export const codeOf = (handler: Handler): string => {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `export { ${handler} } from './probe.ts';`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    external: ['@aws-sdk/*'],
    write: false,
  });
  return outputFiles[0]?.text ?? '';
};
