import type { Accounts } from '../../shared/account/accounts.ts';

/** User names and passwords in memory, with what a user pool answers. */
export type PasswordBook = Accounts & {
  readonly users: Map<string, string>;
  readonly disabled: Set<string>;
  /** How often a password was set, made users included. */
  readonly changes: () => number;
};

export const passwordBook = (): PasswordBook => {
  const users = new Map<string, string>();
  const disabled = new Set<string>();
  let changes = 0;
  const set = (username: string, password: string) => {
    users.set(username, password);
    changes += 1;
    return Promise.resolve('done' as const);
  };
  return {
    users,
    disabled,
    changes: () => changes,
    create: set,
    setPassword: (username, password) =>
      users.has(username) ? set(username, password) : Promise.resolve('user_refused'),
    checkPassword: (username, password) =>
      Promise.resolve(users.get(username) === password ? 'right' : 'wrong'),
    remove: (username) => {
      users.delete(username);
      return Promise.resolve();
    },
    state: (username) => {
      if (!users.has(username)) return Promise.resolve('missing');
      return Promise.resolve(disabled.has(username) ? 'disabled' : 'enabled');
    },
  };
};
