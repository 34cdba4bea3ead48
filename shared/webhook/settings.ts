import * as z from 'zod/mini';

const seconds = z.int().check(z.positive());

/** When an event that was not taken is sent again: `waitAfter` says how. */
export const retriesSchema = z.strictObject({
  firstWaitSeconds: seconds,
  longestWaitSeconds: seconds,
  /** How often an event is sent before it is a dead letter. */
  tries: z.int().check(z.minimum(2), z.maximum(1_000)),
});
export type Retries = z.infer<typeof retriesSchema>;

/** Where a region's events go, and how long that is tried. */
export const webhookSettings = z.strictObject({ url: z.string(), retries: retriesSchema });
export type WebhookSettings = z.infer<typeof webhookSettings>;
