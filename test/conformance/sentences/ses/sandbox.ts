import { GetAccountCommand } from '@aws-sdk/client-sesv2';
import type { Target } from '../../target.ts';

/** Whether the account sends to verified recipients only. */
export const isInSandbox = async ({ aws }: Target): Promise<boolean> =>
  (await aws.sesv2.send(new GetAccountCommand({}))).ProductionAccessEnabled === false;
