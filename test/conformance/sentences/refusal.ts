import assert from 'node:assert/strict';

/**
 * Waits for a call to be refused.
 * @param name of the exception, as the SDK throws it
 * @param words of its message: all of it, or a part
 * @returns the exception
 */
export const refusal = async (
  call: Promise<unknown>,
  name: string,
  words?: string | RegExp,
): Promise<Error> => {
  const outcome = await call.then(
    () => 'nothing was refused',
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof Error, String(outcome));
  assert.equal(outcome.name, name, outcome.message);
  if (typeof words === 'string') assert.equal(outcome.message, words);
  if (words instanceof RegExp) assert.match(outcome.message, words);
  return outcome;
};
