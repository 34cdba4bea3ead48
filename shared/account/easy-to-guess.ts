import { createHash } from 'node:crypto';
import { portal } from '../core/brand.ts';
import { commonPasswords } from './common-passwords.ts';

/** As many bytes of a digest as the list keeps: one other password in a million looks like one of it. */
const digestBytes = 4;

let digests: ReadonlySet<number> | undefined;

const readDigests = (): ReadonlySet<number> => {
  const bytes = Buffer.from(commonPasswords, 'base64');
  return new Set(
    Array.from({ length: bytes.length / digestBytes }, (_, i) =>
      bytes.readUInt32BE(i * digestBytes),
    ),
  );
};

/** @param password normalised, in lower case */
const isListed = (password: string): boolean => {
  digests ??= readDigests();
  return digests.has(createHash('sha256').update(password).digest().readUInt32BE());
};

/** Shorter words are in too many others. */
const shortestWord = 3;

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{M}]/gu, '');

/** The words of a text, each for itself and all together. */
const wordsOf = (text: string): string[] =>
  [...text.split(/[^\p{L}\p{M}]+/u), text]
    .map(lettersOf)
    .filter((word) => word.length >= shortestWord);

/** The words of the brand, with and without its first and last one, and of the service. */
const serviceWords = (brand: string): string[] => {
  const words = brand.split(/[^\p{L}\p{M}]+/u);
  return [brand, words.slice(0, -1).join(''), words.slice(-2).join(''), portal].flatMap(wordsOf);
};

/** What remains of the letters of a password without some words, the longest first. */
const without = (letters: string, words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word, ''), letters);

const once = (text: string): string => text.replace(/^(.+?)\1+$/u, '$1');

/** Nothing at all, or one common word, however often. */
const isUsual = (letters: string): boolean => letters === '' || isListed(once(letters));

/**
 * Whether a password is one common word, however often, whose digits or signs stand for letters
 * (`passw0rd`, `trustno1`), with others round it.
 * @param password normalised, in lower case
 */
const isUsualSpelling = (password: string): boolean => {
  const tokens = password.split(/[^\p{L}\p{M}\p{N}]+/u).filter((token) => /\p{L}/u.test(token));
  const [token = '', ...others] = new Set(tokens);
  const whole = others.length > 0 ? password : once(token);
  const ends = [/^[^\p{L}]+/u, /[^\p{L}]+$/u, /^[^\p{L}]+|[^\p{L}]+$/gu];
  return [whole, ...ends.map((end) => whole.replace(end, ''))].some(isListed);
};

/**
 * Whether a password is one that guessers try first, or no more than words of that kind, of the
 * brand, or of the client's own name and address with digits or signs round them (OWASP ASVS 5.0,
 * 6.2.4, 6.2.11).
 * @param password normalised
 */
export const easyToGuess = (
  password: string,
  { email, name, brand }: { email: string; name: string; brand: string },
): 'common' | 'email_or_name' | undefined => {
  const lower = password.toLowerCase();
  if ([email, name].some((own) => lower === own.trim().toLowerCase())) return 'email_or_name';
  if (isListed(lower) || isUsualSpelling(lower)) return 'common';
  const letters = lettersOf(password);
  if (letters === '') return undefined;
  const service = serviceWords(brand);
  if (isUsual(without(letters, service))) return 'common';
  const own = [...wordsOf(email), ...wordsOf(name), ...service];
  return isUsual(without(letters, own)) ? 'email_or_name' : undefined;
};
