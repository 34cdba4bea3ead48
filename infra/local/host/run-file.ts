import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod/mini';

/** Bearer tokens for the staff API of one region. */
export type StaffTokens = { readonly readWrite: string; readonly readOnly: string };

/** What a run tells tests, scripts and people: where everything is. */
export type RunFile = {
  readonly regions: Readonly<
    Record<
      string,
      {
        readonly portal: string;
        readonly staffTokens: StaffTokens;
        /** What signs the region's webhooks, for a receiver of one's own. */
        readonly webhookSecret?: string;
        /** The page that plays the customer portal proper, if it was asked for. */
        readonly portalPage?: string;
      }
    >
  >;
  readonly mailbox: string;
  readonly issuer: string;
  readonly staffPage: string;
  /** Plays the CRM's end of the webhook of all regions, and shows what came. */
  readonly webhookReceiver: string;
  /** The EventBridge stand-in, which shows what came to the buses of all regions. */
  readonly eventBus: string;
};

const written = z.object({ mailbox: z.string() });

/** The mailbox of the run that wrote the file, if it can be read. */
const mailboxIn = (file: string): string | undefined => {
  try {
    return z.parse(written, JSON.parse(readFileSync(file, 'utf8'))).mailbox;
  } catch {
    return undefined;
  }
};

/** Long enough for a run on this machine that is busy. */
const patience = 2_000;

const answers = async (url: string): Promise<boolean> => {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(patience) });
    return true;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError';
  }
};

/** Removes what a run that is gone has left behind, and never the file of a run that answers. */
export const removeStaleRunFile = async (file: string, ownMailbox: string): Promise<void> => {
  const mailbox = mailboxIn(file);
  const isOthers = mailbox !== undefined && mailbox !== ownMailbox && (await answers(mailbox));
  if (!isOthers) rmSync(file, { force: true });
};

/** Whole or not at all, for those who wait for it. */
export const writeRunFile = (file: string, run: RunFile): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(run, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** Removes it, unless another run has written its own meanwhile. */
export const removeRunFile = (file: string, run: RunFile): void => {
  if (mailboxIn(file) === run.mailbox) rmSync(file, { force: true });
};
