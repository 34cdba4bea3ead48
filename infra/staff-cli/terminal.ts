import { createInterface } from 'node:readline/promises';
import { UsageError } from './usage.ts';

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** For what is not the answer. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/**
 * Asks before something that cannot be undone.
 * @throws UsageError where nobody can answer
 */
export const isSure = async (question: string, isYes: boolean | undefined): Promise<boolean> => {
  if (isYes) return true;
  if (!process.stdin.isTTY) throw new UsageError(`${question} Nobody can answer: add --yes.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
};

const width = 30;

/** A bar that grows, only on terminals. `done` is the part from 0 to 1. */
export const progress = (done: number, words: string): void => {
  if (!process.stderr.isTTY) return;
  const filled = Math.round(Math.min(done, 1) * width);
  const bar = '█'.repeat(filled).padEnd(width, '░');
  process.stderr.write(`\r${bar} ${words}${done >= 1 ? '\n' : ''}`);
};
