/** Tells what a start is doing: one line per step, with its seconds. */
export type Steps = <Result>(what: string, work: () => Promise<Result>) => Promise<Result>;

/** Prints what each step does when it begins, and its seconds when it is done. */
export const printedSteps =
  (print: (text: string) => void): Steps =>
  async (what, work) => {
    const begun = performance.now();
    print(what.padEnd(36));
    try {
      const result = await work();
      print(`${((performance.now() - begun) / 1_000).toFixed(1).padStart(5)} s\n`);
      return result;
    } catch (error) {
      print('failed\n');
      throw error;
    }
  };

export const silentSteps: Steps = (_, work) => work();
