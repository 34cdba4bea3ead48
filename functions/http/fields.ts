import * as z from 'zod/mini';
import { emailAddress } from '../../shared/email/address.ts';

/** A link's token; whether it is one is the action's business, with one answer for all. */
export const tokenField = z.string();

/** A typed password; its rules have their own answer. Longer than any that can be right is refused. */
export const passwordField = z.string().check(z.minLength(1), z.maxLength(1024));

export const emailField = emailAddress;
