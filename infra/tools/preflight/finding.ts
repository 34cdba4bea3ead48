/** What one look at the account comes to. */
export type Finding =
  | { readonly kind: 'fine'; readonly what: string }
  /** Good to know; nothing in the account is wrong. */
  | { readonly kind: 'note'; readonly what: string; readonly say: string }
  | { readonly kind: 'todo'; readonly what: string; readonly say: string };

export const fine = (what: string): Finding => ({ kind: 'fine', what });
export const note = (what: string, say: string): Finding => ({ kind: 'note', what, say });
export const todo = (what: string, say: string): Finding => ({ kind: 'todo', what, say });

/** Whether an AWS call failed because there is nothing of that name. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && (/NotFound/.test(error.name) || /does not exist/.test(error.message));

/** The answer, or undefined where nothing of that name exists. */
export const found = async <Answer>(call: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await call;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};
