import * as z from 'zod/mini';
import { contactIdSchema } from '../core/contact-id.ts';
import { refusalCodes } from '../core/refusal.ts';
import { personName } from '../email/address.ts';
import { clientAddress, warning } from './status-schema.ts';

/** Rows are read one by one: a row that is wrong must not hold up the others. */
const text = z.nullish(z.string());

export const importRequest = z.strictObject({
  rows: z
    .array(z.strictObject({ contactId: z.string(), email: text, name: text }))
    .check(z.minLength(1), z.maxLength(100)),
});

/** One row as it must be. */
export const importRow = z.object({
  contactId: contactIdSchema,
  email: clientAddress,
  name: personName,
});

export const importOutcomes = [
  'invited',
  'resent',
  'renamed',
  'unchanged',
  'refused',
  'failed',
] as const;

export const importResponse = z.object({
  results: z.array(
    z.object({
      contactId: z.string(),
      outcome: z.enum(importOutcomes),
      /** Why it was refused. */
      code: z.optional(z.enum(refusalCodes)),
      errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
      /** What looks wrong about its address. */
      warnings: z.optional(z.array(warning)),
    }),
  ),
});
