import {
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import type { Suppressions } from '../invitation/suppressions.ts';
import { clientSettings } from './sdk/client-settings.ts';
import { reportFailures } from './sdk/report-failures.ts';

/**
 * The account's suppression list in the email region (SES v1 has no call for it).
 * @param region AWS region of SES
 */
export const suppressionsIn = (region: string): Suppressions => {
  const client = reportFailures(
    new SESv2Client({ ...clientSettings, region }),
    (error) => error instanceof NotFoundException,
  );
  const reasonOf = async (EmailAddress: string) => {
    try {
      const { SuppressedDestination } = await client.send(
        new GetSuppressedDestinationCommand({ EmailAddress }),
      );
      return SuppressedDestination?.Reason === 'COMPLAINT' ? 'complaint' : 'bounce';
    } catch (error) {
      return error instanceof NotFoundException ? undefined : 'unknown';
    }
  };
  return {
    find: async (email) => {
      const reasons = await Promise.all(spellings(email).map(reasonOf));
      return (['complaint', 'bounce', 'unknown'] as const).find((one) => reasons.includes(one));
    },
    remove: async (email) => {
      for (const EmailAddress of spellings(email)) {
        try {
          await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
        } catch (error) {
          if (!(error instanceof NotFoundException)) throw error;
        }
      }
    },
  };
};

/** Sending ignores case and the list's own calls may not: as typed, and lower-cased. */
const spellings = (email: string): string[] => [...new Set([email, email.toLowerCase()])];
