import type { Target } from './target.ts';

/** A page of AWS's own documentation, or a public issue where no page says it. */
export type Document = { readonly title: string; readonly url: string };

/** One behaviour of AWS that the product or a stand-in relies on. */
export type Sentence = {
  readonly says: string;
  readonly document: Document;
  /** Why the local run can't show it; it is then checked against an account only. */
  readonly accountOnly?: string;
  /** @throws AssertionError when the target behaves otherwise, NotCheckable when it can't be told */
  readonly check: (target: Target) => Promise<void>;
};

/** Sentences about one service. */
export type Chapter = { readonly title: string; readonly sentences: readonly Sentence[] };

/** Why a sentence can't be checked on the target as it stands. */
export class NotCheckable extends Error {
  readonly code = 'not_checkable';
}
