/** What a worker is started with. */
export type Loaded = {
  readonly folder: string;
  readonly handler: string;
  readonly name: string;
  readonly arn: string;
  readonly memoryInMb: number;
  /** How far `Date` stands ahead of the machine's clock. */
  readonly ahead: BigInt64Array;
};

/** An invocation; event and result are JSON, as Lambda passes them. */
export type Asked = {
  readonly id: string;
  readonly event: string;
  /** Milliseconds since 1970, by the machine's clock. */
  readonly deadline: number;
};

export type Answered =
  | { readonly id: string; readonly result: string }
  | {
      readonly id: string;
      readonly error: { readonly name: string; readonly message: string; readonly stack: string };
    };
