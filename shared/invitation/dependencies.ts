import type { AccountDependencies } from '../account/dependencies.ts';
import type { StaffBudget } from './staff-limits.ts';
import type { Suppressions } from './suppressions.ts';
import type { WorkList } from './work-list.ts';

/** What actions on invitations can need; each names the parts it uses. */
export type InvitationDependencies = AccountDependencies & {
  readonly staffBudget: StaffBudget;
  readonly suppressions: Suppressions;
  readonly workList: WorkList;
};
