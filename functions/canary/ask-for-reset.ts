import { awsFailure } from '../../shared/core/log.ts';

/** The portal's status, or Node's name for why there was none. */
export type Answered = { readonly status?: number; readonly error?: string };

/** Longer than the portal takes to answer anything; in milliseconds. */
const patience = 15_000;

/** Asks for a reset through the portal's public address: DNS, certificate, firewall and all. */
export const askForReset =
  (origin: string) =>
  async (email: string): Promise<Answered> => {
    try {
      const { status } = await fetch(`${origin}/api/password-reset-requests`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'User-Agent': 'portal-canary' },
        body: JSON.stringify({ email }),
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      });
      return { status };
    } catch (error) {
      // Node's fetch says only that it failed; its cause says why.
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return awsFailure(cause);
    }
  };
