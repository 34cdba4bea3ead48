import { StaffProblem } from '../../shared/api/client.ts';
import { readArguments, regionIn } from './arguments.ts';
import { commands } from './commands.ts';
import { targetFor } from './target.ts';
import { say } from './terminal.ts';
import { help, UsageError } from './usage.ts';

/** Exit codes, as the help says them. */
const exit = { done: 0, refused: 1, usage: 2, unreachable: 3 } as const;

const run = async (args: readonly string[]): Promise<number> => {
  const typed = readArguments(args);
  if (typed.help || typed.command === undefined) {
    say(help);
    return typed.help ? exit.done : exit.usage;
  }
  const command = commands[typed.command];
  if (!command) throw new UsageError(`There is no command ${typed.command}: see --help.`);
  const region = regionIn(typed);
  const told = await command({
    typed,
    region,
    get target() {
      return targetFor(region, typed.actor);
    },
  });
  say(typed.json ? JSON.stringify(told.json ?? {}, undefined, 2) : told.text);
  return told.isRefused ? exit.refused : exit.done;
};

const words = ({ message, code, problem }: StaffProblem): string =>
  [
    `${message} (${code})`,
    ...(problem.detail ? [problem.detail] : []),
    ...(problem.errors ?? []).map((field) => `  ${field.path} ${field.message}`),
  ].join('\n');

const complain = (error: unknown): number => {
  const isOurs = error instanceof UsageError || error instanceof StaffProblem;
  const text = error instanceof StaffProblem ? words(error) : (error as Error).message;
  process.stderr.write(`${isOurs ? text : `The portal could not be reached: ${text}.`}\n`);
  if (error instanceof UsageError) return exit.usage;
  const isRefused = error instanceof StaffProblem && ![401, 403, 503].includes(error.status);
  return isRefused ? exit.refused : exit.unreachable;
};

process.exitCode = await run(process.argv.slice(2)).catch(complain);
