import { setTimeout } from 'node:timers/promises';

/** A message of the webhook's queue that was neither held nor deleted comes again after six minutes. */
const patience = 420_000;

/** What keeps a condition from being met, in words; undefined once it is. */
export type Complaint = string | undefined;

/** Waits until nothing is complained about; the last complaint if that takes too long. */
export const settled = async (
  check: () => Promise<Complaint>,
  within = patience,
): Promise<Complaint> => {
  const until = Date.now() + within;
  for (let pause = 100; ; pause = Math.min(pause * 1.5, 1_500)) {
    const complaint = await check().catch((error: unknown) => String(error));
    if (complaint === undefined || Date.now() > until) return complaint;
    await setTimeout(pause);
  }
};

/**
 * Waits for a value.
 * @throws Error when it does not come
 */
export const found = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
  let value: T | undefined;
  const complaint = await settled(async () => {
    value = await look();
    return value === undefined ? `${what} did not come` : undefined;
  });
  if (value === undefined) throw new Error(complaint);
  return value;
};
