// `npm run common-passwords` writes shared/account/common-passwords.ts: the entries of a well-kept
// public list that are long enough to be tried here, and what people make of the most common ones
// to get to the required length.
import { writeFileSync } from 'node:fs';
import { dictionary } from '@zxcvbn-ts/language-common';

const shortest = 12;
const endings = ['1', '12', '123', '1234', '12345', '123456', '1234567', '12345678', '!', '123!'];

const known = dictionary['passwords-common'];
const lengthened = known
  .filter((password) => password.length >= 6)
  .slice(0, 100)
  .flatMap((password) => [password + password, ...endings.map((ending) => password + ending)]);
const repeated = [...'abcdefghijklmnopqrstuvwxyz0123456789'].map((one) => one.repeat(shortest));
const counted = ['123456789012', '1234567890123', '012345678901', '098765432109', 'abcdefghijkl'];

const list = [...new Set([...known, ...lengthened, ...repeated, ...counted])]
  .map((password) => password.toLowerCase())
  .filter((password) => password.length >= shortest && /^[!-~]+$/.test(password))
  .sort();

writeFileSync(
  new URL('../../shared/account/common-passwords.ts', import.meta.url),
  `// Written by \`npm run common-passwords\` from @zxcvbn-ts/language-common; do not edit.\n
/** Passwords of at least ${shortest} characters that guessers try first, in lower case. */
export const commonPasswords: ReadonlySet<string> = new Set(
  (
${list
  .join(' ')
  .match(/.{1,88}(?: |$)/g)
  ?.map((line) => `    ${JSON.stringify(line)}`)
  .join(' +\n')}
  ).split(' '),
);
`,
);
