import { buildSync } from 'esbuild';

/** The functions' code as a template holds it: CommonJS, with the SDK that Lambda's runtime has. */
export const probeCode = (): string => {
  const { outputFiles } = buildSync({
    entryPoints: [new URL('./probe.ts', import.meta.url).pathname],
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
