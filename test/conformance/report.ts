import type { Outcome, Result } from './run-sentences.ts';
import type { Chapter } from './sentence.ts';

type Results = ReadonlyMap<Chapter, readonly Result[]>;

const kinds = ['kept', 'broken', 'not checkable here'] as const;
const lineOf = ({ sentence, outcome }: Result): string => {
  const why = outcome.kind === 'kept' ? '' : ` (${outcome.why})`;
  const document = outcome.kind === 'broken' ? `\n        ${sentence.document.url}` : '';
  return `${outcome.kind.padEnd(18)}  ${sentence.says}${why}${document}`;
};

export const countOf = (results: Results): Readonly<Record<Outcome['kind'], number>> => {
  const all = [...results.values()].flat();
  const of = (kind: Outcome['kind']) => all.filter(({ outcome }) => outcome.kind === kind).length;
  return { kept: of('kept'), broken: of('broken'), 'not checkable here': of('not checkable here') };
};

/** One line per sentence under the name of its chapter, and the count. */
export const reportOf = (results: Results): string => {
  const chapters = [...results].map(
    ([{ title }, ofChapter]) => `\n${title}\n\n${ofChapter.map(lineOf).join('\n')}\n`,
  );
  const count = countOf(results);
  return `${chapters.join('')}\n${kinds.map((kind) => `${count[kind]} ${kind}`).join(', ')}\n`;
};
