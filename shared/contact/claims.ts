/** An address is spoken for by a contact: claim first, then commit. */
export type Claim = { readonly contactId: string; readonly at: number };

/** Claims on addresses, in the form in which addresses are compared. */
export interface Claims {
  find(email: string): Promise<Claim | undefined>;
  /** Claims on the condition that the claim still is exactly what was read. */
  make(email: string, claim: Claim, was: Claim | undefined): Promise<boolean>;
  /** Gives a claim up, on the same condition. */
  release(email: string, was: Claim): Promise<void>;
  /** Claims on addresses that start or end alike, at most 100 each way: two calls. */
  findSimilar(email: string): Promise<{ readonly contactId: string; readonly email: string }[]>;
}
