import * as z from 'zod/mini';

/** Opaque to us, given by the CRM. */
export const contactIdSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'must be 1 to 64 of A-Z, a-z, 0-9, _ and -' }));
