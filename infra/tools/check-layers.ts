import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { layers } from './layers.ts';

type Import = { readonly from: string; readonly to: string };

/** A file that exists in this tree, by its text. */
type Tree = ReadonlyMap<string, string>;

/** Static and dynamic imports and re-exports of files, types included. */
const relative = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']*)'/g;

const importsIn = (tree: Tree): Import[] =>
  [...tree].flatMap(([from, text]) =>
    [...text.matchAll(relative)].map(([, to = '']) => ({ from, to: join(dirname(from), to) })),
  );

const layerOf = (file: string): number =>
  layers.findIndex((line) => line.some((folder) => file.startsWith(`${folder}/`)));

const folderOf = (file: string): string | undefined =>
  layers.flat().find((folder) => file.startsWith(`${folder}/`));

const isUpward = ({ from, to }: Import): boolean =>
  layerOf(to) > layerOf(from) || (layerOf(to) === layerOf(from) && folderOf(to) !== folderOf(from));

/** Whatever deploys or runs the functions knows them only as bundles. */
const isIntoFunctions = ({ from, to }: Import): boolean =>
  from.startsWith('infra/') && to.startsWith('functions/');

/** Folders that import each other, directly or through others. */
const folderCycles = (imports: readonly Import[]): string[][] => {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [a, b] = [dirname(from), dirname(to)];
    if (a !== b) edges.set(a, (edges.get(a) ?? new Set()).add(b));
  }
  const cycles: string[][] = [];
  const done = new Set<string>();
  const visit = (folder: string, path: readonly string[]): void => {
    if (path.includes(folder)) {
      cycles.push([...path.slice(path.indexOf(folder)), folder]);
      return;
    }
    if (done.has(folder)) return;
    for (const next of edges.get(folder) ?? []) visit(next, [...path, folder]);
    done.add(folder);
  };
  for (const folder of edges.keys()) visit(folder, []);
  return cycles;
};

/** Every import that goes up or sideways, and every cycle of folders, a sentence each. */
export const problemsIn = (tree: Tree): string[] => {
  const imports = importsIn(tree);
  return [
    ...[...tree.keys()]
      .filter((file) => layerOf(file) === -1)
      .map((file) => `${file} is in no layer: name its folder in infra/tools/layers.ts.`),
    ...imports
      .filter((one) => isUpward(one) || isIntoFunctions(one))
      .map(({ from, to }) => `${from} must not import ${to}: it stands in a higher layer.`),
    ...folderCycles(imports.filter(({ from }) => !from.startsWith('test/'))).map(
      (cycle) => `Folders import each other: ${cycle.join(' > ')}.`,
    ),
  ];
};

if (import.meta.main) {
  const files = globSync('{functions,shared,infra,test}/**/*.ts').map((file) =>
    file.replaceAll('\\', '/'),
  );
  const problems = problemsIn(new Map(files.map((file) => [file, readFileSync(file, 'utf8')])));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
