import { awsFailure } from '../../shared/core/log.ts';
import type { Receiver } from '../../shared/webhook/receiver.ts';
import { retryAfterSeconds } from '../../shared/webhook/retries.ts';

/** For connection and answer together, in milliseconds (Standard Webhooks 1.0.0, 'Request timeouts'). */
const patience = 15_000;

/** The receiver at a URL: its redirects are not followed, and the body of its answer is not read. */
export const receiverAt = (url: string, milliseconds = patience): Receiver => ({
  post: async (body, headers) => {
    try {
      const {
        status,
        headers: answered,
        body: unread,
      } = await fetch(url, {
        method: 'POST',
        // A connection each: one that was kept alive and closed meanwhile would fail an event for nothing.
        headers: { ...headers, 'User-Agent': 'customer-portal', Connection: 'close' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(milliseconds),
      });
      await unread?.cancel();
      const wait = retryAfterSeconds(answered.get('retry-after'), Date.now());
      return { status, ...(wait !== undefined && { retryAfterSeconds: wait }) };
    } catch (error) {
      // Node's fetch says only that it failed; its cause says why.
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return { error: awsFailure(cause).error ?? 'unknown' };
    }
  },
});
