import * as z from 'zod/mini';

const name = z.string().check(z.minLength(1));

/** How a region's staff console signs people in, and who may frame it. */
export const consoleSettings = z.object({
  issuer: name,
  /** Of a public client, which has no secret. */
  clientId: name,
  scope: name,
  /** What else is said in the authorization request, as names and values. */
  parameters: z.array(z.tuple([name, z.string()])),
  readScope: name,
  writeScope: name,
  frameOrigins: z.array(name),
});
export type ConsoleSettings = z.infer<typeof consoleSettings>;
