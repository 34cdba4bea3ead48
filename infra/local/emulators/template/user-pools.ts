import * as z from 'zod/mini';
import type { Resource, Stack } from './stack.ts';

const poolSchema = z.object({
  UserPoolName: z.string(),
  Policies: z.optional(
    z.object({
      PasswordPolicy: z.optional(
        z.object({
          MinimumLength: z.optional(z.number()),
          RequireLowercase: z.optional(z.boolean()),
          RequireNumbers: z.optional(z.boolean()),
          RequireSymbols: z.optional(z.boolean()),
          RequireUppercase: z.optional(z.boolean()),
          TemporaryPasswordValidityDays: z.optional(z.number()),
        }),
      ),
    }),
  ),
  UsernameConfiguration: z.optional(z.object({ CaseSensitive: z.boolean() })),
  AdminCreateUserConfig: z.optional(
    z.object({ AllowAdminCreateUserOnly: z.optional(z.boolean()) }),
  ),
});
export type UserPoolProperties = z.infer<typeof poolSchema>;

const clientSchema = z.object({
  UserPoolId: z.string(),
  ClientName: z.string(),
  GenerateSecret: z.optional(z.boolean()),
  ExplicitAuthFlows: z.optional(z.array(z.string())),
  PreventUserExistenceErrors: z.optional(z.enum(['ENABLED', 'LEGACY'])),
  EnableTokenRevocation: z.optional(z.boolean()),
});
export type UserPoolClientProperties = z.infer<typeof clientSchema>;

/** What this run creates of a pool; more than that (emails, MFA) a pool of this product lacks. */
export const userPoolsOf = (stack: Stack): Resource<UserPoolProperties>[] =>
  stack.resources('AWS::Cognito::UserPool', poolSchema);

/** To be read once the pools were created and their ids noted. */
export const userPoolClientsOf = (stack: Stack): Resource<UserPoolClientProperties>[] =>
  stack.resources('AWS::Cognito::UserPoolClient', clientSchema);
