import { portal } from '../../core/brand.ts';
import type { Region } from '../../core/region.ts';
import type { EmailCopy } from './copy.ts';

/** What both parts of an email are made from, so that they say the same. */
export type Content = EmailCopy & { readonly region: Region; readonly greeting: string };

/** Whom to ask. */
export const help = ({ helpDesk }: Region): string =>
  `Call ${helpDesk.phone}, ${helpDesk.hours}, or write to ${helpDesk.email}.`;

/** How to tell this email from a false one. */
export const safety = ({ origin }: Region): string =>
  `Links in our emails begin with ${origin}/ and we never ask for your password by email or phone.`;

export const sender = ({ brand }: Region): string =>
  `This message was sent by ${brand.name} about your access to the ${portal}. Replies reach our help desk.`;
