import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Bearer tokens for the staff API of one region. */
export type StaffTokens = { readonly readWrite: string; readonly readOnly: string };

/** What a run tells tests, scripts and people: where everything is. */
export type RunFile = {
  readonly regions: Readonly<
    Record<string, { readonly portal: string; readonly staffTokens: StaffTokens }>
  >;
  readonly mailbox: string;
  readonly issuer: string;
  readonly staffPage: string;
};

export const writeRunFile = (file: string, run: RunFile): void =>
  writeFileSync(file, `${JSON.stringify(run, undefined, 2)}\n`);

/** Removes it, unless another run has written its own meanwhile. */
export const removeRunFile = (file: string, run: RunFile): void => {
  try {
    const { mailbox }: { mailbox?: unknown } = JSON.parse(readFileSync(file, 'utf8'));
    if (mailbox === run.mailbox) rmSync(file);
  } catch {
    // It is gone already.
  }
};
