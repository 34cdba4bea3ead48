import { AssertionError } from 'node:assert/strict';
import { type Chapter, NotCheckable, type Sentence } from './sentence.ts';
import type { Target } from './target.ts';

export type Outcome =
  | { readonly kind: 'kept' }
  | { readonly kind: 'broken'; readonly why: string }
  | { readonly kind: 'not checkable here'; readonly why: string };
export type Result = { readonly sentence: Sentence; readonly outcome: Outcome };

/** One line that says what was seen instead. */
const whyBroken = (error: unknown): string => {
  if (error instanceof AssertionError && error.generatedMessage) {
    const shown = (value: unknown) => JSON.stringify(value) ?? 'nothing';
    return `${shown(error.actual)} where ${shown(error.expected)} is expected`;
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const line = message.replaceAll(/\s+/g, ' ').slice(0, 300);
  return error instanceof AssertionError ? line : `${name}: ${line}`;
};

export const checkSentence = async (sentence: Sentence, target: Target): Promise<Outcome> => {
  if (sentence.accountOnly && !target.isAws) {
    return { kind: 'not checkable here', why: sentence.accountOnly };
  }
  try {
    await sentence.check(target);
    return { kind: 'kept' };
  } catch (error) {
    if (error instanceof NotCheckable) return { kind: 'not checkable here', why: error.message };
    return { kind: 'broken', why: whyBroken(error) };
  }
};

/** Checks the sentences of all chapters: chapters side by side, sentences of one in their order. */
export const checkAll = async (
  chapters: readonly Chapter[],
  target: Target,
): Promise<ReadonlyMap<Chapter, readonly Result[]>> =>
  new Map(
    await Promise.all(
      chapters.map(async (chapter) => {
        const results: Result[] = [];
        for (const sentence of chapter.sentences) {
          results.push({ sentence, outcome: await checkSentence(sentence, target) });
        }
        return [chapter, results] as const;
      }),
    ),
  );
