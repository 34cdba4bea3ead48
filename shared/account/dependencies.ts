import type { ContactDependencies } from '../contact/dependencies.ts';
import type { Accounts } from './accounts.ts';
import type { SignIns } from './sign-ins.ts';

/** What actions on accounts can need; each names the parts it uses. */
export type AccountDependencies = ContactDependencies & {
  readonly accounts: Accounts;
  readonly signIns: SignIns;
};
