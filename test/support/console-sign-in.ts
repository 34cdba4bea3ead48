const follow = async (url: string, jar: Map<string, string>): Promise<Response> => {
  const Cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const answer = await fetch(url, { redirect: 'manual', headers: { Cookie } });
  for (const set of answer.headers.getSetCookie()) {
    const [pair = ''] = set.split(';');
    const at = pair.indexOf('=');
    if (/max-age=0\b/i.test(set)) jar.delete(pair.slice(0, at));
    else jar.set(pair.slice(0, at), pair.slice(at + 1));
  }
  return answer;
};

/**
 * Signs a person in to a portal's staff console by the local issuer, as a browser would.
 * @returns the `Cookie` header of their session
 */
export const signInToConsole = async (
  portal: string,
  person: 'kim' | 'robin' = 'kim',
): Promise<string> => {
  const jar = new Map<string, string>();
  let url = `${portal}/staff-console/sign-in`;
  for (let hop = 0; hop < 3; hop += 1) {
    const answer = await follow(url, jar);
    const next = new URL(answer.headers.get('location') ?? '', url);
    if (next.pathname === '/authorize') next.searchParams.set('person', person);
    url = next.href;
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
};
