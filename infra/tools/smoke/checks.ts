/** One portal under test. */
export type Portal = {
  readonly region: string;
  readonly origin: string;
  /** A staff token with both scopes; without one, only a stranger's checks are made. */
  readonly staffToken?: string | undefined;
};

/** Says what is wrong, or nothing. */
type Check = (portal: Portal) => Promise<string | undefined>;

const call = (
  { origin }: Portal,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
) =>
  fetch(`${origin}${path}`, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(15_000),
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

type Answer = { readonly code?: string; readonly region?: string };

/** Whether a call answers so; `code` is that of its problem. */
const expected = async (answer: Promise<Response>, status: number, code?: string) => {
  const response = await answer;
  const { code: found } = (await response.json().catch(() => ({}))) as Answer;
  if (response.status !== status || (code !== undefined && found !== code)) {
    return `expected ${status} ${code ?? ''}, got ${response.status} ${found ?? ''}`;
  }
  return undefined;
};

/** Its three parts are right in form, and nobody ever signed it. */
const forgedToken = [
  { alg: 'RS256', kid: 'forged' },
  { iss: 'https://forger.example.com', scope: 'portal/read portal/write' },
  'signature',
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

const stranger = (token?: string) =>
  token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } };

/** With the bytes that such a file starts with. */
const icons = [
  ['/favicon.ico', '00000100'],
  ['/apple-touch-icon.png', '89504e47'],
] as const;

/** Checks that need no right and leave nothing behind. */
export const openChecks: Readonly<Record<string, Check>> = {
  'the portal answers, and is of this region': async (portal) => {
    const response = await call(portal, 'GET', '/api/health');
    const { region } = (await response.json()) as Answer;
    return region === portal.region ? undefined : `it says that its region is ${region}`;
  },
  'links in emails start with this origin': async (portal) => {
    // The function takes only requests of its own origin, and makes links of the same value.
    const body = { token: 'nothing' };
    const own = { body, headers: { origin: portal.origin } };
    const other = { body, headers: { origin: 'https://elsewhere.example.com' } };
    const path = '/api/invitation-lookups';
    const answer = await call(portal, 'POST', path, own);
    return answer.status === 403
      ? 'the portal was deployed for another origin'
      : expected(call(portal, 'POST', path, other), 403);
  },
  'pages are served with their protection': async (portal) => {
    const { status, headers } = await call(portal, 'GET', '/login');
    if (status !== 200) return `the login page answers ${status}`;
    return headers.get('content-security-policy')?.includes("default-src 'none'")
      ? undefined
      : 'the login page has no strict content security policy';
  },
  'icons arrive as pictures': async (portal) => {
    const headers = { accept: 'image/avif,image/webp,image/png,*/*;q=0.8' };
    for (const [path, start] of icons) {
      const bytes = await (await call(portal, 'GET', path, { headers })).arrayBuffer();
      if (!Buffer.from(bytes).toString('hex').startsWith(start)) return `${path} is no picture`;
    }
    return undefined;
  },
  'reset requests are read': (portal) =>
    expected(call(portal, 'POST', '/api/password-reset-requests', { body: {} }), 400),
  'a visitor without a session is not signed in': (portal) =>
    expected(call(portal, 'GET', '/api/session'), 401, 'not_signed_in'),
  'an unknown path is not found': (portal) =>
    expected(call(portal, 'GET', '/api/no-such-call', accepting('json')), 404, 'not_found'),
  'staff calls refuse a stranger': (portal) =>
    expected(call(portal, 'GET', '/staff/invitations', stranger()), 401),
  'staff calls refuse a forged token': async (portal) => {
    const { status } = await call(portal, 'GET', '/staff/invitations', stranger(forgedToken));
    return status === 401 || status === 403 ? undefined : `expected 401 or 403, got ${status}`;
  },
};

const accepting = (type: string) => ({ headers: { accept: `application/${type}` } });

/** SES answers for this mailbox and counts neither bounce nor complaint. */
const simulator = 'success@simulator.amazonses.com';
const patience = { milliseconds: 120_000, pause: 1_000 };

/**
 * Invites a contact of its own at SES's simulator, waits for the delivery to be known, and erases
 * the contact again.
 */
export const mailCheck: Check = async (portal) => {
  const staff = {
    authorization: `Bearer ${portal.staffToken}`,
    'portal-actor': 'smoke-check',
  };
  const contact = `/staff/contacts/smoke-${Date.now().toString(36)}`;
  const body = { email: simulator.replace('@', `+${Date.now().toString(36)}@`), name: 'Smoke' };
  try {
    const invited = await call(portal, 'POST', `${contact}/invitation`, { body, headers: staff });
    if (invited.status !== 201) return `the invitation answers ${invited.status}`;
    const until = Date.now() + patience.milliseconds;
    let state = 'queued';
    while (Date.now() < until && state !== 'delivered') {
      await new Promise((resolve) => setTimeout(resolve, patience.pause));
      const status = await call(portal, 'GET', contact, { headers: staff });
      state = ((await status.json()) as { delivery?: { state: string } }).delivery?.state ?? state;
      if (['bounced', 'rejected', 'failed'].includes(state)) break;
    }
    return state === 'delivered' ? undefined : `after two minutes the email is ${state}`;
  } finally {
    await call(portal, 'DELETE', contact, { headers: staff });
  }
};
