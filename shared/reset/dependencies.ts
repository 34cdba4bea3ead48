import type { AccountDependencies } from '../account/dependencies.ts';
import type { ResetRequests } from './reset-requests.ts';

/** What actions on resets can need; each names the parts it uses. */
export type ResetDependencies = AccountDependencies & { readonly requests: ResetRequests };
