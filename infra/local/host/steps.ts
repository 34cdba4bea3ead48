/** Tells what a start is doing: one line per step, with its seconds. */
export type Steps = <Result>(what: string, work: () => Promise<Result>) => Promise<Result>;

/** Prints each step when it is done. */
export const printedSteps =
  (print: (line: string) => void): Steps =>
  async (what, work) => {
    const begun = performance.now();
    const result = await work();
    print(`${what.padEnd(36)}${((performance.now() - begun) / 1_000).toFixed(1).padStart(5)} s\n`);
    return result;
  };

export const silentSteps: Steps = (_, work) => work();
