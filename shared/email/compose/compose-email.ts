import { dateAndTime, linkEnds } from '../../core/dates.ts';
import { linkOf } from '../kinds.ts';
import type { EmailDetails, Message } from '../message.ts';
import type { Content } from './content.ts';
import { emailCopy, spellings } from './copy.ts';
import { htmlPart } from './html-part.ts';
import { shown } from './shown.ts';
import { textPart } from './text-part.ts';

/** A letter that lacks what its kind needs, or whose link leads elsewhere than to its region. */
export class InvalidEmail extends Error {
  readonly code = 'unwritable_letter';
}

/** The one-time link of the kinds that carry one; the sign-in page for the others. */
const linkIn = ({ kind, region, link }: EmailDetails): string => {
  if (!linkOf[kind]) return `${region.origin}/login`;
  // The message names no link: it is a secret.
  if (link === undefined || !URL.canParse(link) || new URL(link).origin !== region.origin) {
    throw new InvalidEmail(`${kind} needs a link to the portal of its region`);
  }
  return link;
};

const endOf = ({ kind, region, expiresAt, now }: EmailDetails): string => {
  if (!linkOf[kind]) return '';
  if (expiresAt === undefined) throw new InvalidEmail(`${kind} needs the end of its link`);
  return linkEnds(region, expiresAt, now);
};

/**
 * Writes an email: subject, HTML and plain text of the same content, in the region's language.
 * Names are shown literally, and every link leads to the region's own portal.
 * @throws UnwritableLetter when the kind's link or its end is missing, or the link leads elsewhere
 */
export const composeEmail = (letter: EmailDetails): Message => {
  const { kind, region, happenedAt, device = 'A browser' } = letter;
  const name = shown(letter.name);
  const content: Content = {
    ...emailCopy[kind]({
      brand: region.brand.name,
      link: linkIn(letter),
      forgotPassword: `${region.origin}/forgot-password`,
      linkEnds: endOf(letter),
      happened: happenedAt === undefined ? '' : ` at ${dateAndTime(region, happenedAt)}`,
      device,
      spelling: spellings[region.code],
    }),
    region,
    greeting: name ? `Hello ${name},` : 'Hello,',
  };
  return { subject: content.subject, html: htmlPart(content), text: textPart(content) };
};
