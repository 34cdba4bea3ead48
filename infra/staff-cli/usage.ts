/** What a person typed cannot be done; the message says what to type instead. */
export class UsageError extends Error {
  readonly code = 'usage';
}

/** Exit codes, as the help says them. */
export const exit = { done: 0, refused: 1, usage: 2, unreachable: 3, token: 4 } as const;

export const footnotes = `
Where the portal is: PORTAL_URL and PORTAL_TOKEN, or else a local run (npm start).
Exit codes: 0 done, 1 refused, 2 typed wrongly, 3 the portal could not be reached,
4 your token was refused.`;
