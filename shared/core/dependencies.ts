import type { Region } from './region.ts';

/** What every action may use freely. Layers above add their ports to it. */
export type CoreDependencies = {
  readonly region: Region;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Passes so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Fresh and unique; ids sort by the time they were made. */
  readonly newId: () => string;
};

export type Core = keyof CoreDependencies;
