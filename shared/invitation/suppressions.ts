/** Addresses to which the region's mail service delivers nothing, after a bounce or a complaint. */
export interface Suppressions {
  find(email: string): Promise<'bounce' | 'complaint' | undefined>;
  remove(email: string): Promise<void>;
}
