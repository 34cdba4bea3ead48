import { InvalidArgumentError } from '@commander-js/extra-typings';
import * as z from 'zod/mini';
import { contactIdSchema } from '../../shared/core/contact-id.ts';
import { type RegionCode, regionCodes } from '../../shared/core/region.ts';
import { emailAddress, personName } from '../../shared/email/address.ts';

type Parser<T> = (typed: string, previous?: unknown) => T;

/** Reads what was typed, once: of two different values nobody can tell which was meant. */
const once =
  <T>(read: (typed: string) => T): Parser<T> =>
  (typed, previous) => {
    if (previous !== undefined) throw new InvalidArgumentError('It was typed twice.');
    if (typed.startsWith('--')) throw new InvalidArgumentError('Its value is missing.');
    return read(typed);
  };

const as = <T>(schema: z.ZodMiniType<T>, words?: string): Parser<T> =>
  once((typed) => {
    const read = z.safeParse(schema, typed);
    if (read.success) return read.data;
    throw new InvalidArgumentError(words ?? `It ${read.error.issues[0]?.message}.`);
  });

export const contactId = as(contactIdSchema);
export const address = as(emailAddress);
export const name = as(personName);
export const text = as(z.string().check(z.minLength(1)), 'It is empty.');

/** A contact, or an address: what a diagnosis starts from. */
export const contactOrAddress: Parser<string> = (typed, previous) =>
  typed.includes('@') ? address(typed, previous) : contactId(typed, previous);

export const actor = as(z.string().check(z.regex(/^[^/\p{Cc}]{1,64}$/u)), 'It must be a name.');

export const pageSize = once((typed) => {
  const count = Number(typed);
  if (/^\d+$/.test(typed) && count >= 1 && count <= 100) return count;
  throw new InvalidArgumentError('It must be a number from 1 to 100.');
});

export const region: Parser<RegionCode> = once((typed) => {
  const code = regionCodes.find((one) => one === typed.toUpperCase());
  if (code) return code;
  throw new InvalidArgumentError('It must be au, nz or us.');
});
