import { readFileSync } from 'node:fs';

type Output = {
  readonly bytes: number;
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
  readonly imports: readonly {
    readonly path: string;
    readonly kind: string;
    readonly external?: boolean;
  }[];
};

/** What a function loads when it starts: its bundle, and the parts of it that it imports at once. */
export const loadedAtStart = (name: string) => {
  const { outputs } = JSON.parse(readFileSync('build/meta.json', 'utf8')) as {
    readonly outputs: Readonly<Record<string, Output>>;
  };
  const files = new Set<string>();
  const load = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) load(path);
    }
  };
  load(`build/${name}/index.mjs`);
  const loaded = [...files].flatMap((file) => outputs[file] ?? []);
  return {
    bytes: loaded.reduce((sum, { bytes }) => sum + bytes, 0),
    inputs: loaded.flatMap(({ inputs }) => Object.entries(inputs)),
  };
};
