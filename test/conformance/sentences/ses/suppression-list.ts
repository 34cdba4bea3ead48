import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  DeleteSuppressedDestinationCommand,
  GetSuppressedDestinationCommand,
  PutSuppressedDestinationCommand,
} from '@aws-sdk/client-sesv2';
import { type Chapter, type Document, NotCheckable } from '../../sentence.ts';
import type { Target } from '../../target.ts';
import { refusal } from '../refusal.ts';
import { guide } from './documents.ts';
import { isInSandbox } from './sandbox.ts';
import { simulate } from './simulate.ts';

const suppressed: Document = {
  title: 'SES API v2 Reference, GetSuppressedDestination',
  url: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetSuppressedDestination.html',
};
const list = guide(
  'Using the Amazon SES account-level suppression list',
  'sending-email-suppression-list',
);

export const find = ({ aws }: Target, EmailAddress: string) =>
  aws.sesv2.send(new GetSuppressedDestinationCommand({ EmailAddress }));
const lift = ({ aws }: Target, EmailAddress: string) =>
  aws.sesv2.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));

/** In the sandbox the list cannot be used, so that nothing is learned from a failure. */
const withList = async (target: Target, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!target.isAws || !(await isInSandbox(target).catch(() => false))) throw error;
    throw new NotCheckable('the account is in the sandbox, where the list cannot be used');
  }
};

/** Works with an address on the suppression list, and takes it off again. */
const whileSuppressed = (target: Target, work: (address: string) => Promise<void>): Promise<void> =>
  withList(target, async () => {
    const EmailAddress = `Conformance-${randomUUID()}@example.com`;
    await target.aws.sesv2.send(
      new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'COMPLAINT' }),
    );
    try {
      await work(EmailAddress);
    } finally {
      for (const one of [EmailAddress, EmailAddress.toLowerCase()]) {
        await lift(target, one).catch(() => undefined);
      }
    }
  });

export const suppressionList: Chapter = {
  title: 'SES: the suppression list',
  sentences: [
    {
      says: 'A suppressed address is on the list with its reason, until it is taken off; then it is NotFoundException',
      document: suppressed,
      check: (target) =>
        whileSuppressed(target, async (address) => {
          const { SuppressedDestination } = await find(target, address);
          assert.equal(SuppressedDestination?.Reason, 'COMPLAINT');
          await lift(target, address);
          await refusal(find(target, address), 'NotFoundException');
        }),
    },
    {
      says: 'Taking off an address that is not on the list is NotFoundException',
      document: {
        title: 'SES API v2 Reference, DeleteSuppressedDestination',
        url: 'https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteSuppressedDestination.html',
      },
      check: async (target) => {
        const address = `conformance-${randomUUID()}@example.com`;
        await withList(target, async () => {
          await refusal(lift(target, address), 'NotFoundException');
        });
      },
    },
    {
      says: 'An email to a suppressed address, in any case, is taken and not sent: Send, then a permanent Bounce for the list',
      document: list,
      check: (target) =>
        whileSuppressed(target, async (address) => {
          const to = address.toLowerCase();
          const events = await simulate(target, to, ['Send', 'Bounce']);
          const bounce = events.find(({ eventType }) => eventType === 'Bounce')?.bounce;
          assert.equal(bounce?.bounceType, 'Permanent');
          assert.equal(bounce?.bounceSubType, 'OnAccountSuppressionList');
        }),
    },
  ],
};
