import type { CoreDependencies } from './dependencies.ts';
import type { Limits } from './region.ts';

/** What a rule goes by besides the contact. */
export type RuleContext = {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly newId: () => string;
  readonly limits: Limits;
};

/** The context of one decision: the clock is read once. */
export const contextOf = ({ now, newId, region }: CoreDependencies): RuleContext => ({
  now: now(),
  newId,
  limits: region.limits,
});
