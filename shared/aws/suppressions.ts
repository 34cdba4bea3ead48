import {
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { Suppressions } from '../invitation/suppressions.ts';
import { clientSettings } from './sdk/client-settings.ts';

/**
 * The account's suppression list in the email region (SES v1 has no call for it).
 * @param region AWS region of SES
 */
export const suppressionsIn = (region: string): Suppressions => {
  const client = new SESv2Client({ ...clientSettings, region });
  return {
    find: async (EmailAddress) => {
      try {
        const { SuppressedDestination } = await client.send(
          new GetSuppressedDestinationCommand({ EmailAddress }),
        );
        return SuppressedDestination?.Reason === 'COMPLAINT' ? 'complaint' : 'bounce';
      } catch (error) {
        if (error instanceof NotFoundException) return undefined;
        throw error;
      }
    },
    remove: async (EmailAddress) => {
      try {
        await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
      } catch (error) {
        if (!(error instanceof NotFoundException)) throw error;
      }
    },
  };
};
