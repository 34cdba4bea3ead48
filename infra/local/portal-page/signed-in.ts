import type { IncomingMessage } from 'node:http';

/** Who is signed in, as the portal says; undefined if nobody is. */
export const signedIn = async ({ headers }: IncomingMessage, portal: string, cookie: string) => {
  const session = headers.cookie?.split('; ').find((one) => one.startsWith(`${cookie}=`));
  if (!session) return undefined;
  const signal = AbortSignal.timeout(5_000);
  const answer = await fetch(`${portal}/api/session`, { headers: { Cookie: session }, signal });
  if (answer.status === 401) return undefined;
  if (!answer.ok) throw new Error(`The portal answered ${answer.status}.`);
  return (await answer.json()) as { contactId: string; name: string; email: string };
};
