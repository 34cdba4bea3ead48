/** What a rule needs of the world: the time in milliseconds since 1970, and fresh unique ids. */
export type Moment = {
  readonly now: number;
  /** Ids sort by the time they were made. */
  readonly newId: () => string;
};
