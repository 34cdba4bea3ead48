import type { InvitationDependencies } from '../invitation/dependencies.ts';
import type { ContactHistory } from './contact-history.ts';
import type { ResetAttempts } from './reset-attempts.ts';

/** What a diagnosis can look at; each action names the parts it uses. */
export type DiagnosisDependencies = InvitationDependencies & {
  readonly contactHistory: ContactHistory;
  readonly resetAttempts: ResetAttempts;
};
