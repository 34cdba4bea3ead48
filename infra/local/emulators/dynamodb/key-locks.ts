/** One piece of work at a time per key, in the order of asking. */
export class KeyLocks {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs `work` once everything asked for earlier with one of these keys is done. */
  async hold<Result>(keys: readonly string[], work: () => Promise<Result>): Promise<Result> {
    const earlier = keys.map((key) => this.last.get(key));
    const mine = Promise.allSettled(earlier).then(work);
    const settled = mine.catch(() => undefined);
    for (const key of keys) this.last.set(key, settled);
    try {
      return await mine;
    } finally {
      for (const key of keys) if (this.last.get(key) === settled) this.last.delete(key);
    }
  }
}
