/** The machine's clock, wherever the run's stands. */
export const machineNow = Date.now;

/** From now on, `Date` in this thread stands so far ahead as that number says. */
export const shiftDate = (by: BigInt64Array): void => {
  Date.now = () => machineNow() + Number(Atomics.load(by, 0));
  const Shifted = new Proxy(Date, {
    construct: (date, given, as) =>
      Reflect.construct(date, given.length === 0 ? [Date.now()] : given, as),
    apply: () => new Date().toString(),
  });
  Object.assign(globalThis, { Date: Shifted });
};
