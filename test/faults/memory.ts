const sampleMs = 5_000;
const mib = 2 ** 20;

type Sample = { readonly resident: number; readonly functions: number };

/** The heap once everything that nobody needs is gone; needs `--expose-gc`. */
const heapAfterGc = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

const shown = (bytes: number): string => `${Math.round(bytes / mib)} MiB`;

/** Watches the memory of a run from now on: the process's, and that of all functions together. */
export class Memory {
  private readonly heapBefore = heapAfterGc();
  private readonly samples: Sample[] = [];
  private readonly timer: NodeJS.Timeout;

  /** @param functions bytes in use on the heaps of all functions */
  constructor(functions: () => Promise<number>) {
    this.timer = setInterval(async () => {
      const used = await functions();
      this.samples.push({ resident: process.memoryUsage().rss, functions: used });
    }, sampleMs);
  }

  /** What it saw, as rows of a table. */
  stop(): readonly (readonly [what: string, figure: string])[] {
    clearInterval(this.timer);
    const { samples } = this;
    const quarter = Math.floor(samples.length / 4);
    const second = samples.slice(quarter, 2 * quarter);
    const last = samples.slice(-quarter);
    // A heap grows until it is collected: its lowest point tells what stays.
    const lowest = (of: readonly Sample[]) => shown(Math.min(...of.map((one) => one.functions)));
    return [
      ['heaps of all functions, lowest in the second quarter', lowest(second)],
      ['the same in the last quarter', lowest(last)],
      ['resident at half time', shown(second.at(-1)?.resident ?? 0)],
      ['resident at the end', shown(last.at(-1)?.resident ?? 0)],
      ['heap of the emulators and journeys, before', shown(this.heapBefore)],
      ['the same at the end', shown(heapAfterGc())],
    ];
  }
}
