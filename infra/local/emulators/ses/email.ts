import * as z from 'zod/mini';

/** An email as it is in the mailbox. */
export const emailSchema = z.object({
  /** SES's message id. */
  id: z.string(),
  /** AU, NZ or US; for a sender that is not known here, the AWS region. */
  region: z.string(),
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  /** ISO 8601. */
  at: z.string(),
});
export type Email = z.infer<typeof emailSchema>;

export type Header = { readonly name: string; readonly value: string };

/** What was sent, with what SES's events repeat of it. */
export type Sent = Email & {
  readonly awsRegion: string;
  readonly headers: readonly Header[];
  readonly configurationSet: string;
  readonly tags: Readonly<Record<string, string>>;
};
