import * as z from 'zod/mini';
import { type Answer, json } from '../../host/answer.ts';
import { AwsError } from '../aws-call.ts';

const entry = z.object({
  address: z.string(),
  reason: z.enum(['BOUNCE', 'COMPLAINT']),
  /** Milliseconds since 1970. */
  at: z.number(),
});
type Entry = z.infer<typeof entry>;

/** By the owner of the list, which is a region, and by the lower-cased address. */
export const suppressionsSchema = z.record(z.string(), z.record(z.string(), entry));
export type Suppressions = z.infer<typeof suppressionsSchema>;

const reasonSchema = z.object({
  EmailAddress: z.string(),
  Reason: z.enum(['BOUNCE', 'COMPLAINT']),
});

export const suppress = (
  lists: Suppressions,
  region: string,
  address: string,
  reason: Entry['reason'],
): void => {
  const list = lists[region] ?? {};
  list[address.toLowerCase()] = { address, reason, at: Date.now() };
  lists[region] = list;
};

export const isSuppressed = (lists: Suppressions, region: string, address: string): boolean =>
  lists[region]?.[address.toLowerCase()] !== undefined;

const described = ({ address, reason, at }: Entry) => ({
  EmailAddress: address,
  Reason: reason,
  LastUpdateTime: at / 1_000,
});

const actions: Readonly<Record<string, string>> = {
  GET: 'GetSuppressedDestination',
  DELETE: 'DeleteSuppressedDestination',
};

/** The action of a request of SES version 2, as IAM knows it; undefined for any but these. */
export const suppressionAction = (method: string, path: string): string | undefined => {
  if (path === '/v2/email/suppression/addresses') {
    return method === 'PUT' ? 'PutSuppressedDestination' : 'ListSuppressedDestinations';
  }
  return path.startsWith('/v2/email/suppression/addresses/') ? actions[method] : undefined;
};

/**
 * Carries out an operation of the suppression list (Amazon SES API v2 Reference).
 * @throws AwsError NotFoundException for an address that is not on it
 */
export const onSuppressionList = (
  lists: Suppressions,
  region: string,
  action: string,
  address: string,
  input: unknown,
): Answer => {
  if (action === 'PutSuppressedDestination') {
    const read = z.safeParse(reasonSchema, input);
    if (!read.success) throw new AwsError('BadRequestException', 'EmailAddress and Reason needed.');
    suppress(lists, region, read.data.EmailAddress, read.data.Reason);
    return json(200, {});
  }
  const list = lists[region] ?? {};
  if (action === 'ListSuppressedDestinations') {
    return json(200, { SuppressedDestinationSummaries: Object.values(list).map(described) });
  }
  const found = list[address.toLowerCase()];
  // Sending ignores case; no document says that these calls do.
  if (found?.address !== address) {
    throw new AwsError(
      'NotFoundException',
      `Email address ${address} does not exist on your suppression list.`,
      404,
    );
  }
  if (action === 'GetSuppressedDestination') {
    return json(200, { SuppressedDestination: described(found) });
  }
  delete list[address.toLowerCase()];
  return json(200, {});
};
