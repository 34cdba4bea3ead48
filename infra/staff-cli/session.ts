import { staffClient } from '../../shared/api/client.ts';
import type { RegionCode } from '../../shared/core/region.ts';
import { regions } from '../stacks/configuration/regions.ts';
import { targetFor } from './target.ts';
import { say } from './terminal.ts';
import { exit } from './usage.ts';

/** The options that every command has. */
type SharedOptions = {
  readonly region: RegionCode;
  readonly actor?: string | undefined;
  readonly json?: true | undefined;
};

/** What a command found out: the API's own answer, and the same for people. */
type Answer = {
  readonly json?: unknown;
  readonly text: string;
  /** Something was refused, though the call was answered. */
  readonly isRefused?: boolean;
};

/** What a command works with: the region, its staff API, and where its answer goes. */
export const sessionOf = ({ region, actor, json }: SharedOptions) => ({
  /** Where the clients are: its clock is the one that staff read. */
  zone: regions[region],
  get call() {
    return staffClient(targetFor(region, actor));
  },
  show: (answer: Answer): void => {
    say(json ? JSON.stringify(answer.json ?? {}, undefined, 2) : answer.text);
    if (answer.isRefused) process.exitCode = exit.refused;
  },
});
export type Session = ReturnType<typeof sessionOf>;
