/** Why AWS can't be asked at all, in one sentence; undefined for a failure of one call. */
export const unreachable = (error: unknown): string | undefined => {
  const { name = '', code = '' } = error as { name?: string; code?: string };
  if (/Credentials|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|SSO/.test(name)) {
    return 'No usable AWS credentials are found: sign in (aws sso login) and set AWS_PROFILE.';
  }
  return /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(code)
    ? `AWS cannot be reached (${code}): is there a network, and is AWS_ENDPOINT_URL right?`
    : undefined;
};
