import type { PasswordReason } from '../core/refusal.ts';
import { commonPasswords } from './common-passwords.ts';

const shortest = 12;
const longest = 128;

/**
 * NFKC, wherever a password is set or checked, so that every keyboard types the same one
 * (NIST SP 800-63B-4, 3.1.1.2).
 */
export const normalisePassword = (typed: string): string => typed.normalize('NFKC');

/**
 * Why a password may not be used; none if it may. No composition rules (NIST SP 800-63B-4).
 * @param password normalised
 */
export const passwordProblems = (
  password: string,
  { email, name }: { email: string; name: string },
): PasswordReason[] => {
  const length = [...password].length;
  const lower = password.toLowerCase();
  const problems: [PasswordReason, boolean][] = [
    ['too_short', length < shortest],
    ['too_long', length > longest],
    ['white_space_at_an_end', password.trim() !== password],
    ['control_characters', /\p{Cc}/u.test(password)],
    ['common', commonPasswords.has(lower)],
    ['email_or_name', [email, name].some((own) => lower === own.trim().toLowerCase())],
  ];
  return problems.filter(([, isSo]) => isSo).map(([reason]) => reason);
};
