import { CookieJar } from './cookie-jar.ts';

/**
 * Signs a person in to a portal's staff console by the local issuer, as a browser would.
 * @returns the `Cookie` header of their session
 */
export const signInToConsole = async (
  portal: string,
  person: 'kim' | 'robin' = 'kim',
): Promise<string> => {
  const jar = new CookieJar();
  let url = `${portal}/staff-console/sign-in`;
  for (let hop = 0; hop < 3; hop += 1) {
    const answer = await fetch(url, { redirect: 'manual', headers: { Cookie: jar.header } });
    jar.take(answer.headers);
    const next = new URL(answer.headers.get('location') ?? '', url);
    if (next.pathname === '/authorize') next.searchParams.set('person', person);
    url = next.href;
  }
  return jar.header;
};
