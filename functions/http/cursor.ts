import { refuse } from '../../shared/core/refusal.ts';

/** Opaque on the way out, so that nobody builds on what it says. */
export const cursorOf = (next: string | undefined): { next?: string } =>
  next === undefined ? {} : { next: Buffer.from(next).toString('base64url') };

/**
 * Where a page begins.
 * @param looksRight what every place of this list is like; nothing else reaches the table
 */
export const placeOf = (cursor: string | undefined, looksRight: RegExp) => {
  if (cursor === undefined) return {};
  const from = Buffer.from(cursor, 'base64url').toString('utf8');
  return looksRight.test(from)
    ? { from }
    : refuse('invalid_request', {
        errors: [{ path: 'cursor', message: 'must be what a page gave as next' }],
      });
};
