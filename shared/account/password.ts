import type { PasswordReason } from '../core/refusal.ts';
import { easyToGuess } from './easy-to-guess.ts';

const shortest = 12;
const longest = 128;

/**
 * NFKC, wherever a password is set or checked, so that every keyboard types the same one
 * (NIST SP 800-63B-4, 3.1.1.2).
 */
export const normalisePassword = (typed: string): string => typed.normalize('NFKC');

/**
 * Whether a password has only characters that can be typed: no control or format character (a
 * zero-width space), no half of a pair, no line or paragraph separator. Any other is never set and
 * never right.
 * @param password normalised
 */
export const isTypeable = (password: string): boolean =>
  !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(password);

/**
 * Why a password may not be used; none if it may. No composition rules (NIST SP 800-63B-4).
 * @param password normalised
 */
export const passwordProblems = (
  password: string,
  own: { email: string; name: string; brand: string },
): PasswordReason[] => {
  const length = [...password].length;
  const seen = [...password.replace(/\p{Default_Ignorable_Code_Point}/gu, '')].length;
  const guess = easyToGuess(password, own);
  const problems: [PasswordReason, boolean][] = [
    ['too_short', seen < shortest],
    ['too_long', length > longest],
    ['white_space_at_an_end', password.trim() !== password],
    ['control_characters', !isTypeable(password)],
    ['common', guess === 'common'],
    ['email_or_name', guess === 'email_or_name'],
  ];
  return problems.filter(([, isSo]) => isSo).map(([reason]) => reason);
};
