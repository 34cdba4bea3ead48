/** What is to be closed, in the reverse order of opening. */
export class Opened {
  private readonly closers: (() => Promise<void> | void)[] = [];
  add<Thing>(thing: Thing, close: (thing: Thing) => Promise<void> | void): Thing {
    this.closers.unshift(() => close(thing));
    return thing;
  }
  async close(): Promise<void> {
    for (const close of this.closers.splice(0)) await close();
  }
}
