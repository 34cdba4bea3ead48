import type { RegionConfiguration } from '../../stacks/configuration/configuration.ts';
import { type Finding, fine, note, todo } from './finding.ts';

/** As long as the webhook's function waits, in milliseconds. */
const patience = 15_000;

const codeOf = (error: unknown): string => {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? (error as Error).name;
};

/**
 * Whether the CRM's end of the webhook is there: a name of the DNS, a good certificate, any answer but a
 * redirect. It is asked without an event and without a signature, which it may well refuse.
 * @returns undefined for a region that sends none
 */
export const webhookCheck = async ({
  webhook,
}: Pick<RegionConfiguration, 'webhook'>): Promise<Finding | undefined> => {
  if (!webhook) return undefined;
  const what = `webhook of ${new URL(webhook.url).host}`;
  try {
    const { status } = await fetch(webhook.url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    });
    if (status >= 300 && status < 400) {
      return todo(what, `leads elsewhere (${status}): write the address it leads to into the row`);
    }
    if (status === 410)
      return todo(what, 'is gone (410): ask whoever runs the CRM for its address');
    return status >= 500
      ? note(what, `answers ${status}: events would wait until it is well`)
      : fine(what);
  } catch (error) {
    return todo(what, `does not answer (${codeOf(error)}): events would wait, for a day at most`);
  }
};
