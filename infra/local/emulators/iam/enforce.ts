import { AwsError, type Intercept } from '../aws-call.ts';
import { accessKeyOf } from '../lambda/environment.ts';
import type { Stack } from '../template/stack.ts';
import { decisionsOf } from './decisions.ts';
import { questionOf } from './question.ts';
import { rolesOf } from './roles.ts';

type Role = { readonly account: string; readonly allows: ReturnType<typeof decisionsOf> };

/**
 * Refuses what the role of the calling function does not allow, as AWS would. Callers that are no
 * function of these stacks (the run itself, people with a shell) may do everything.
 */
export const enforceRoles = (stacks: readonly Stack[]): Intercept => {
  const names = new Map<string, string>();
  const roles = new Map<string, Role>();
  for (const stack of stacks) {
    for (const [name, statements] of rolesOf(stack)) {
      names.set(accessKeyOf(name), name);
      roles.set(name, { account: stack.place.account, allows: decisionsOf(statements) });
    }
  }
  return async (call, proceed) => {
    const name = names.get(call.accessKeyId);
    const role = name === undefined ? undefined : roles.get(name);
    if (name === undefined || !role) return proceed();
    if (!(await role.allows(questionOf(call, role.account)))) {
      const what = `${call.service}:${call.action}`;
      throw new AwsError('AccessDeniedException', `The role of ${name} does not allow ${what}.`);
    }
    return proceed();
  };
};
