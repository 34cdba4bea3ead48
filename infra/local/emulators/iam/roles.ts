import * as z from 'zod/mini';
import type { Stack } from '../template/stack.ts';

const oneOrMany = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => (Array.isArray(value) ? value : [value])),
);

const statementSchema = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMany,
  Resource: oneOrMany,
  Condition: z.optional(z.record(z.string(), z.record(z.string(), oneOrMany))),
});
/** One statement of a role's policy, as IAM writes it. */
export type Statement = z.output<typeof statementSchema>;

const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
  Roles: z.array(z.string()),
});
const functionSchema = z.object({ FunctionName: z.string(), Role: z.string() });

/** What the role of each function of a stack says, by the function's name. */
export const rolesOf = (stack: Stack): ReadonlyMap<string, readonly Statement[]> => {
  const policies = stack.resources('AWS::IAM::Policy', policySchema);
  return new Map(
    stack.resources('AWS::Lambda::Function', functionSchema).map(({ properties }) => {
      const role = properties.Role.replace(/\.Arn$/, '');
      return [
        properties.FunctionName,
        policies
          .filter(({ properties: policy }) => policy.Roles.includes(role))
          .flatMap(({ properties: policy }) => policy.PolicyDocument.Statement),
      ];
    }),
  );
};
