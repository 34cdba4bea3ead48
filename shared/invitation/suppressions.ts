/** Addresses to which the region's mail service delivers nothing, after a bounce or a complaint. */
export interface Suppressions {
  /** `unknown` if the list cannot be read, as in the sandbox of Amazon SES. */
  find(email: string): Promise<'bounce' | 'complaint' | 'unknown' | undefined>;
  remove(email: string): Promise<void>;
}
