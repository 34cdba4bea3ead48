import type { CoreDependencies } from '../core/dependencies.ts';
import type { ResetRequests } from './reset-requests.ts';

export type RequestDependencies = CoreDependencies & {
  readonly requests: Pick<ResetRequests, 'add'>;
};

/**
 * Keeps the request and nothing else: this part of the system has no right to know whether the
 * address has an account (OWASP ASVS 5.0, 6.3.8).
 * @param email as it is compared
 */
export const requestReset = async (
  { requests, now, newId }: RequestDependencies,
  email: string,
): Promise<void> => {
  await requests.add({ requestId: newId(), email, at: now() });
};
