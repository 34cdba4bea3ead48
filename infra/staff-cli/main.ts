import type { CommanderError } from '@commander-js/extra-typings';
import { StaffProblem } from '../../shared/api/client.ts';
import { portal } from './program.ts';
import { note } from './terminal.ts';
import { exit, UsageError } from './usage.ts';

/** What was typed wrongly; `command` as it is typed. */
const typedWrongly = (command: string, { exitCode, code, message }: CommanderError): never => {
  if (exitCode === 0) process.exit(exit.done); // Help or version, shown already.
  if (code === 'commander.help') process.exit(exit.usage);
  const sentence = message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.?$/, '.');
  throw new UsageError(`${command}: ${sentence} See ${command} --help.`);
};

/** The words for a token that was refused, by status. */
const refusedTokens: Readonly<Record<number, string>> = {
  401: 'Your token was refused: it has expired, or it is not for this portal.',
  403: 'Your token was refused: it does not allow this call.',
};

const refused = ({ message, code, status, problem }: StaffProblem): number => {
  const lines = [
    `${refusedTokens[status] ?? message} (${code})`,
    ...(problem.detail ? [problem.detail] : []),
    ...(problem.errors ?? []).map((field) => `  ${field.path} ${field.message}`),
  ];
  note(lines.join('\n'));
  if (status in refusedTokens) return exit.token;
  return status >= 500 || code === 'not_understood' ? exit.unreachable : exit.refused;
};

/** Of a failed fetch the cause says more: `ECONNREFUSED`. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
  return `${error.message}${code}`;
};

const complain = (error: unknown): number => {
  if (error instanceof StaffProblem) return refused(error);
  if (error instanceof UsageError) {
    note(error.message);
    return exit.usage;
  }
  note(`The portal could not be reached: ${wordsOf(error)}.`);
  return exit.unreachable;
};

const program = portal().exitOverride((error) => typedWrongly('portal', error));
for (const command of program.commands) {
  command.exitOverride((error) => typedWrongly(`portal ${command.name()}`, error));
}
await program.parseAsync().catch((error: unknown) => {
  process.exitCode = complain(error);
});
