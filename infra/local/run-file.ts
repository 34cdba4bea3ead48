import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StaffTokens } from './issuer.ts';

/** What a run tells tests, scripts and people: where everything is. */
export type RunFile = {
  readonly regions: Readonly<
    Record<string, { readonly portal: string; readonly staffTokens: StaffTokens }>
  >;
  readonly mailbox: string;
  readonly issuer: string;
};

const pathIn = (folder: string) => join(folder, 'run.json');

export const writeRunFile = (folder: string, run: RunFile): void =>
  writeFileSync(pathIn(folder), `${JSON.stringify(run, undefined, 2)}\n`);

/** Removes it, unless another run has written its own meanwhile. */
export const removeRunFile = (folder: string, run: RunFile): void => {
  try {
    const { mailbox }: { mailbox?: unknown } = JSON.parse(readFileSync(pathIn(folder), 'utf8'));
    if (mailbox === run.mailbox) rmSync(pathIn(folder));
  } catch {
    // It is gone already.
  }
};
