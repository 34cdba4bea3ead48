import * as z from 'zod/mini';

const optional = { boolean: z.optional(z.boolean()), number: z.optional(z.number()) };

const passwordPolicySchema = z.object({
  MinimumLength: optional.number,
  RequireLowercase: optional.boolean,
  RequireNumbers: optional.boolean,
  RequireSymbols: optional.boolean,
  RequireUppercase: optional.boolean,
  TemporaryPasswordValidityDays: optional.number,
});
export type PasswordPolicy = z.infer<typeof passwordPolicySchema>;

export const createPoolSchema = z.object({
  PoolName: z.string(),
  Policies: z.optional(z.object({ PasswordPolicy: z.optional(passwordPolicySchema) })),
  UsernameConfiguration: z.optional(z.object({ CaseSensitive: z.boolean() })),
});

export const createClientSchema = z.object({
  UserPoolId: z.string(),
  ClientName: z.string(),
  GenerateSecret: z._default(z.boolean(), false),
  ExplicitAuthFlows: z._default(z.array(z.string()), []),
  // What the API does for those who don't say (CreateUserPoolClient, PreventUserExistenceErrors).
  PreventUserExistenceErrors: z._default(z.enum(['ENABLED', 'LEGACY']), 'LEGACY'),
});

const userSchema = z.object({
  username: z.string(),
  sub: z.string(),
  /** FORCE_CHANGE_PASSWORD until a permanent password is set. */
  status: z.enum(['FORCE_CHANGE_PASSWORD', 'CONFIRMED']),
  isEnabled: z.boolean(),
  createdAt: z.number(),
  changedAt: z.number(),
  passwordHash: z.string(),
  failures: z.optional(z.object({ count: z.number(), lastAt: z.number() })),
});
export type User = z.infer<typeof userSchema>;

const clientSchema = z.object({
  id: z.string(),
  secret: z.optional(z.string()),
  settings: createClientSchema,
});
export type Client = z.infer<typeof clientSchema>;

const poolSchema = z.object({
  id: z.string(),
  region: z.string(),
  settings: createPoolSchema,
  clients: z.record(z.string(), clientSchema),
  /** By username, lower-cased where the pool does not tell cases apart. */
  users: z.record(z.string(), userSchema),
});
export type Pool = z.infer<typeof poolSchema>;

/** All pools of all AWS regions, by id: what is written to disk when data is kept. */
export const poolsSchema = z.record(z.string(), poolSchema);
export type Pools = z.infer<typeof poolsSchema>;

/** The key of a user: pools are case-sensitive unless they say otherwise. */
export const userKey = ({ settings }: Pool, username: string): string =>
  settings.UsernameConfiguration?.CaseSensitive === false ? username.toLowerCase() : username;
