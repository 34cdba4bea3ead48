import MimeNode from 'nodemailer/lib/mime-node';
import type { Message } from './message.ts';

/** Who an email is from and for. */
export type Envelope = {
  /** The name is shown in the recipient's list of emails. */
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string;
  readonly to: string;
};

/**
 * No holiday notice and no receipt comes back to an email that no person wrote. Reports of failed
 * delivery (NDR) stay wanted: bounces are read from them.
 */
const automatic = {
  'Auto-Submitted': 'auto-generated', // RFC 3834, section 5.
  'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply', // Exchange, [MS-OXCMAIL].
};

/** Nothing in a message is read from a file or a web address. */
const options = { disableFileAccess: true, disableUrlAccess: true };

/**
 * An email as it goes over the wire (RFC 5322): plain text and HTML as alternatives (RFC 2046,
 * 5.1.4), in lines of at most 76 characters (RFC 2045, 6.7), names and subjects in other letters
 * than ASCII as encoded words (RFC 2047). A line end in a value never begins a header.
 */
export const mimeMessage = (
  { from, replyTo, to }: Envelope,
  { subject, html, text }: Message,
): Promise<Buffer> => {
  const hostname = from.address.slice(from.address.lastIndexOf('@') + 1);
  const root = new MimeNode('multipart/alternative', { ...options, hostname });
  root.setHeader({ from, to: { address: to }, 'reply-to': { address: replyTo }, subject });
  root.setHeader(automatic);
  root.createChild('text/plain; charset=utf-8').setContent(text);
  root.createChild('text/html; charset=utf-8').setContent(html);
  return root.build();
};
