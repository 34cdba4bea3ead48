import * as z from 'zod/mini';
import { emailAddress } from '../email/address.ts';

/** A link's token; whether it is one is the action's business, with one answer for all. */
const token = z.string();

/** A new password; its rules have their own answer. */
const newPassword = z.string();

/** A typed password. Longer than any that can be right is refused. */
export const passwordField = z.string().check(z.minLength(1), z.maxLength(1024));

export const resetRequest = z.strictObject({ email: emailAddress });
export const linkRequest = z.strictObject({ token });
export const passwordRequest = z.strictObject({ token, password: newPassword });
export const signInRequest = z.strictObject({ email: emailAddress, password: passwordField });
export const passwordChangeRequest = z.strictObject({
  currentPassword: passwordField,
  password: newPassword,
});
