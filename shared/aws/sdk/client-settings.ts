/**
 * For every AWS client: three tries of 2.5 s at most stay below the functions' time limit of 10 s,
 * so that a slow service is an error in our hands and not a killed function.
 */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: { requestTimeout: 2_500, throwOnRequestTimeout: true },
} as const;
