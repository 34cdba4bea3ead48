/** What a receiver said, or why it said nothing. */
export type Answer = {
  readonly status?: number;
  /** When it wants to be asked again. */
  readonly retryAfterSeconds?: number;
  /** Node's name for why there was no answer. */
  readonly error?: string;
};

/** The CRM's end of the webhook. */
export interface Receiver {
  /** Sends once, and never throws: that nobody answers is an answer too. */
  post(body: string, headers: Readonly<Record<string, string>>): Promise<Answer>;
}

/** The region's signing secrets: the one in use, then the one before it, if there was one. */
export interface SigningSecrets {
  /** @throws when none can be read */
  find(): Promise<readonly string[]>;
}

/** The queue that an event waits in. */
export interface RetryQueue {
  /** Hides a message for a while; its receipt is of its newest delivery. */
  hold(receipt: string, seconds: number): Promise<void>;
}
