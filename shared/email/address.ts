import { domainToASCII } from 'node:url';
import * as z from 'zod/mini';

/** RFC 5321 4.5.3.1, as corrected by RFC 3696 erratum 1690: octets of a whole address. */
const longest = 254;

/**
 * RFC 5321 4.1.2, Dot-string of at most 64 octets. Quoted local parts are refused: no mailbox of a
 * client has one. So is everything beyond ASCII, since SES delivers to no such mailbox.
 */
const localPart = /^(?=.{1,64}$)[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;

/**
 * What may be mapped to A-labels: letters, digits, hyphens and dots of any script. The mapping
 * drops invisible characters, decodes percent signs and reads numbers as IPv4 addresses; nothing
 * of that is an address somebody meant.
 */
const typedDomain = /^(?:(?!\p{Default_Ignorable_Code_Point})[\p{L}\p{M}\p{N}.。．｡-])+$/u;

/** RFC 1035 2.3.1: labels of 1 to 63 letters, digits and inner hyphens; the last one is a name. */
const asciiDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z])[a-z0-9-]{1,62}[a-z0-9]$/;

/**
 * The address as it is stored and sent to: local part as typed, domain in A-labels and lower case.
 * Undefined for anything but exactly one address without a display name.
 */
const stored = (typed: string): string | undefined => {
  const address = typed.trim();
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  const domain = address.slice(at + 1);
  if (!localPart.test(local) || !typedDomain.test(domain)) return undefined;
  const ascii = `${local}@${domainToASCII(domain)}`;
  return ascii.length <= longest && asciiDomain.test(ascii.slice(at + 1)) ? ascii : undefined;
};

/** Takes an address as people type it and gives its stored form. */
export const emailAddress = z.string().check(
  z.refine((typed) => stored(typed) !== undefined, {
    error: 'must be one email address, such as jane@example.com',
    abort: true,
  }),
  z.overwrite((typed) => stored(typed) ?? typed),
  z.meta({ format: 'email', maxLength: longest }),
);

/** What two stored addresses are compared by. Both parts are ASCII: nothing else is folded. */
export const comparable = (address: string): string => address.toLowerCase();

/** Code points, not UTF-16 units: what people count. */
const longestName = 200;
const controls = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** A person's name: data, shown literally wherever it appears. */
export const personName = z.string().check(
  z.trim(),
  z.refine((name) => name !== '', { error: 'must not be empty', abort: true }),
  z.refine((name) => [...name].length <= longestName, {
    error: `must be at most ${longestName} characters`,
  }),
  z.refine((name) => !controls.test(name), {
    error: 'must be one line, without control characters',
  }),
  z.meta({ minLength: 1, maxLength: longestName }),
);
