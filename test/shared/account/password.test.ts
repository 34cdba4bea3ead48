import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisePassword, passwordProblems } from '../../../shared/account/password.ts';

const own = { email: 'jane.citizen@example.com', name: 'Jane van der Berg' };
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
    ['jane VAN DER berg!', []],
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
