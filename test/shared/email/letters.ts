import { readConfiguration } from '../../../infra/stacks/configuration/configuration.ts';
import type { Region, RegionCode } from '../../../shared/core/region.ts';
import { type EmailKind, emailKinds, linkOf } from '../../../shared/email/kinds.ts';
import type { EmailDetails } from '../../../shared/email/message.ts';

export const regions: readonly Region[] = readConfiguration({ PORTAL_STAGE: 'prod' }).map(
  ({ region }) => region,
);

export const regionOf = (code: RegionCode): Region => {
  const region = regions.find((one) => one.code === code);
  if (!region) throw new Error(`no region ${code}`);
  return region;
};

/** 5:30 pm in Sydney on Thursday 26 November 2026. */
export const now = Date.UTC(2026, 10, 26, 6, 30);
export const minute = 60_000;
export const day = 24 * 60 * minute;

const secret = 'kJ8sT2vXwQ4nB7yRfL0aZpC3dE6gH9iMoUu1Nn5KkVw';

/** A letter of that kind that lacks nothing. */
export const letterOf = (
  kind: EmailKind,
  region: Region,
  own: Partial<EmailDetails> = {},
): EmailDetails => {
  const page = { invitation: '/invitation', reset: '/reset-password' };
  const purpose = linkOf[kind];
  const link = purpose && {
    link: `${region.origin}${page[purpose]}?token=contact-1.${secret}`,
    expiresAt: now + (purpose === 'reset' ? 60 * minute : 7 * day),
  };
  return {
    kind,
    region,
    name: 'Jane Citizen',
    now,
    happenedAt: now,
    device: 'Chrome on Windows',
    ...link,
    ...own,
  };
};

/** Every email there is. */
export const everyLetter = regions.flatMap((region) =>
  emailKinds.map((kind) => ({ kind, code: region.code, letter: letterOf(kind, region) })),
);
