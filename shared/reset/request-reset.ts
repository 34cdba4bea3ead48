import type { World } from '../world.ts';

/**
 * Keeps the request and nothing else: this part of the system has no right to know whether the
 * address has an account (OWASP ASVS 5.0, 6.3.8).
 * @param email as it is compared
 */
export const requestReset = async (
  {
    requests,
    now,
    newId,
  }: Pick<World, 'now' | 'newId'> & { readonly requests: Pick<World['requests'], 'add'> },
  email: string,
): Promise<void> => {
  await requests.add({ requestId: newId(), email, at: now() });
};
