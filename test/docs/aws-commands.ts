import { optionsOf } from './aws-cli.ts';

/** A command of a document, as words; quoted ones keep that they are. */
export type Command = { readonly line: number; readonly words: readonly string[] };

/** What the shell does not give to the command: `$(…)` is a word, and so is `<what to write here>`. */
const word = /"(?:\\.|[^"\\])*"|'[^']*'|\$\((?:[^()]|\([^()]*\))*\)|<[^<>]+>|[^\s|;&()<>"'`]+/;
const token = new RegExp(`(?:${word.source})+`, 'y');

/** Reads words from a position until the command ends: a pipe, a bracket, a line that goes on nowhere. */
const wordsFrom = (text: string, start: number): string[] => {
  const words: string[] = [];
  let at = start;
  for (;;) {
    while (text[at] === ' ' || text.startsWith('\\\n', at)) at += text[at] === ' ' ? 1 : 2;
    token.lastIndex = at;
    const found = token.exec(text)?.[0];
    if (!found || found.startsWith('#')) return words;
    words.push(found);
    at += found.length;
  }
};

/** Every `aws …` in the code of a document: in fenced blocks, and between back-ticks. */
export const commandsIn = (markdown: string): Command[] => {
  const code = markdown.matchAll(/```sh\n([\s\S]*?)```|`([^`\n]+)`/g);
  return [...code].flatMap(({ index, 0: whole, 1: block, 2: inline = '' }) => {
    const text = block ?? inline;
    const offset = index + whole.indexOf(text);
    return [...text.matchAll(/(?<![-\w/.])aws (?=[a-z])/g)].map((match) => ({
      line: markdown.slice(0, offset + match.index).split('\n').length,
      words: wordsFrom(text, match.index + 'aws '.length),
    }));
  });
};

/**
 * What is wrong with a command, in sentences. A command that is only named, without options, may
 * leave out what it needs.
 */
export const problemsOf = async ({ words }: Command): Promise<string[]> => {
  const [service = '', name = '', ...rest] = words;
  const isWait = name === 'wait';
  const options = await optionsOf(service, name, isWait ? rest[0] : undefined);
  if (typeof options === 'string') return [options];
  const given = rest.filter((one) => one.startsWith('--')).map((one) => one.split('=')[0] ?? '');
  const unknown = given
    .filter((one) => !options.has(one))
    .map((one) => `'aws ${service} ${name}' has no option ${one}`);
  const missing = [...options]
    .filter(([option, { isRequired }]) => isRequired && !given.includes(option))
    .map(([option]) => `'aws ${service} ${name}' needs ${option}`);
  const empty = rest.flatMap((one, index) => {
    const takesValue = options.get(one)?.isFlag === false;
    const next = rest[index + 1];
    return takesValue && (next === undefined || next.startsWith('--'))
      ? [`${one} needs a value`]
      : [];
  });
  return [...unknown, ...(given.length > 0 ? missing : []), ...empty];
};
