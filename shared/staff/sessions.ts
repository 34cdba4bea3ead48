/** A session of the staff console, as it is kept: nothing in it opens anything by itself. */
export type StaffSession = {
  /** The person's tokens, encrypted under a key that only the cookie holds; empty once it ended. */
  readonly sealed: string;
  /** Milliseconds since 1970, as the other times. */
  readonly signedInAt: number;
  readonly seenAt: number;
  /** Counts its writes, so that two requests do not both renew the tokens. */
  readonly version: number;
  /** Until then a request is renewing the tokens. */
  readonly renewingUntil?: number | undefined;
};

/** Sessions of the staff console, by the hash of their secret. */
export interface StaffSessions {
  find(hash: string): Promise<StaffSession | undefined>;
  /** @returns false if the session is not of the version any more that `was` names */
  write(hash: string, session: StaffSession, was?: number): Promise<boolean>;
}
