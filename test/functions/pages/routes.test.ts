import { describe, expect, test, vi } from 'vitest';
import type { Dependencies } from '../../../functions/credentials/dependencies.ts';
import { pipeline as credentials } from '../../../functions/credentials/index.ts';
import { routes as credentialsRoutes } from '../../../functions/credentials/routes.ts';
import { pipeline as pages } from '../../../functions/pages/index.ts';
import { routes as pagesRoutes } from '../../../functions/pages/routes.ts';
import { pipeline as resetRequests } from '../../../functions/reset-requests/index.ts';
import { routes as resetRequestsRoutes } from '../../../functions/reset-requests/routes.ts';
import { pipeline as sessions } from '../../../functions/sessions/index.ts';
import { routes as sessionsRoutes } from '../../../functions/sessions/routes.ts';
import { newSecret } from '../../../shared/contact/token.ts';
import {
  faviconPath,
  iconPath,
  scriptPath,
  stylePath,
  touchIconPath,
} from '../../../shared/pages/assets/paths.ts';
import { copy } from '../../../shared/pages/parts/copy.ts';
import { regionOf } from '../../support/dependencies.ts';
import { picturesOf } from '../../support/pictures.ts';
import { asking } from './asking.ts';

vi.spyOn(process.stdout, 'write').mockReturnValue(true);

const region = regionOf('AU');
const signedOut = { region, now: () => 0 } as never;
const askPages = asking(pages({ region, version: '1', picture: picturesOf(region.brand) }));
const askSessions = asking(sessions(signedOut));
const ask: typeof askPages = (route, asked) =>
  (route in sessionsRoutes ? askSessions : askPages)(route, asked);
const html = { accept: 'text/html,application/xhtml+xml' };

describe('pages for who is signed out', () => {
  test.each(['/', '/login', '/forgot-password', '/forgot-password/sent', '/invitation/renewal'])(
    '%s',
    async (path) => {
      const page = await ask(`GET ${path}`);
      expect(page.status).toBe(200);
      expect(page.cookies).toEqual([]);
      expect(page.headers).toMatchObject({
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy':
          "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Permissions-Policy': expect.stringContaining('camera=()'),
        'Referrer-Policy': 'no-referrer',
        'Strict-Transport-Security': expect.stringMatching(/max-age=\d{8}/),
        'X-Content-Type-Options': 'nosniff',
      });
      for (const other of region.otherPortals) {
        expect(page.body).toContain(`href="${other.origin}"`);
      }
    },
  );

  test('a notice is one of ours or none', async () => {
    const told = await ask('GET /login', { query: { notice: 'password-reset' } });
    expect(told.body).toContain(copy.notices['password-reset']);
    const forged = await ask('GET /login', { query: { notice: 'Call <b>0900</b>' } });
    expect(forged.body).not.toContain('0900');
    expect(forged.body).not.toContain('class="notice"');
  });

  test.each(['/login', '/forgot-password', '/forgot-password/sent'])(
    '%s shows an address that was typed before, literally',
    async (path) => {
      const cookie = `__Host-portal-au-email=${encodeURIComponent('"><b>@example.com')}`;
      const page = await ask(`GET ${path}`, { headers: { cookie } });
      expect(page.body).toContain('&quot;&gt;&lt;b&gt;@example.com');
      const long = await ask(`GET ${path}`, { headers: { cookie: `${cookie}${'x'.repeat(300)}` } });
      expect(long.body).toBe((await ask(`GET ${path}`)).body);
    },
  );

  test('password managers find where to change a password', async () => {
    const answer = await ask('GET /.well-known/change-password');
    expect([answer.status, answer.headers['Location']]).toEqual([303, '/account/password']);
  });

  test('search engines are sent away', async () => {
    expect((await ask('GET /robots.txt')).body).toContain('Disallow: /');
  });
});

describe('assets', () => {
  test.each([
    [stylePath(region), 'text/css'],
    [scriptPath, 'text/javascript'],
    [faviconPath(region), 'image/svg+xml'],
    [iconPath(region), 'image/x-icon'],
    [touchIconPath(region), 'image/png'],
  ])('%s is kept for good, by its content', async (address, type) => {
    const [path = '', version = ''] = address.split('?v=');
    const asset = await ask(`GET ${path}`, { query: { v: version } });
    expect(asset.headers['Content-Type']).toContain(type);
    expect(asset.headers['Cache-Control']).toContain('immutable');
    const other = await ask(`GET ${path}`, { query: { v: 'another' } });
    expect(other.headers['Cache-Control']).toBe('public, max-age=300');
    expect((await ask('GET /login')).body).toContain(address);
  });
});

describe('who asks for an icon without having read a page', () => {
  test.each([
    ['/favicon.ico', 'image/x-icon', '00000100'],
    ['/apple-touch-icon.png', 'image/png', '89504e47'],
  ])('gets %s as the picture that its name says', async (path, type, start) => {
    const icon = await ask(`GET ${path}`);
    expect([icon.status, icon.headers['Content-Type']]).toEqual([200, type]);
    expect(icon.headers['Cache-Control']).toBe('public, max-age=300');
    expect(icon.isBase64Encoded).toBe(true);
    expect(Buffer.from(icon.body, 'base64').subarray(0, 4).toString('hex')).toBe(start);
    expect((await ask(`HEAD ${path}`)).body).toBe('');
  });

  test("gets the mark in the brand's colours", async () => {
    const icon = await ask('GET /favicon.svg');
    expect(icon.body).toContain(region.brand.mark.shape);
    expect(icon.body).toContain(region.brand.colours.light.accent);
  });
});

test('another brand is on every page, in its own colours, under another address', async () => {
  const { brand } = region;
  const light = { ...brand.colours.light, accent: '#004400' };
  const other = { ...brand, name: 'Homes & Sons', colours: { ...brand.colours, light } };
  const theirs = { ...region, brand: other };
  const picture = picturesOf(theirs.brand);
  const askTheirs = asking(pages({ region: theirs, version: '1', picture }));
  const page = await askTheirs('GET /forgot-password');
  expect(page.body).toContain('– Homes &amp; Sons</title>');
  expect(page.body).not.toContain(brand.name);
  expect(page.body).toContain(stylePath(theirs));
  expect(stylePath(theirs)).not.toBe(stylePath(region));
  expect((await askTheirs('GET /style.css')).body).toContain('--accent: #004400;');
});

describe('where nothing is', () => {
  test('a browser gets a page', async () => {
    const page = await ask('GET /{proxy+}', { headers: html });
    expect(page.status).toBe(404);
    expect(page.body).toContain(copy.messages.not_found.title);
  });

  test.each(['GET /{proxy+}', 'POST /{proxy+}', 'GET /api', 'DELETE /staff'])(
    'an API caller gets a problem: %s',
    async (route) => {
      const problem = await ask(route, { headers: { accept: '*/*' } });
      expect(problem.status).toBe(404);
      expect(problem.headers['Content-Type']).toBe('application/problem+json');
      expect(JSON.parse(problem.body)).toMatchObject({ code: 'not_found' });
    },
  );
});

describe('another method of a known path', () => {
  test('is not allowed, and what is allowed is said: to a program', async () => {
    const answer = await askPages('PUT /api/session', { headers: { accept: '*/*' } });
    expect([answer.status, answer.headers['Allow']]).toEqual([405, 'GET, HEAD, DELETE']);
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'method_not_allowed' });
  });

  test('and to a browser', async () => {
    const answer = await askPages('GET /account/sign-out', { headers: html });
    expect(answer.headers['Content-Type']).toContain('text/html');
    expect([answer.status, answer.headers['Allow']]).toEqual([405, 'POST']);
  });

  test('HEAD is what GET is, without a body', async () => {
    const [get, head] = [await ask('GET /forgot-password'), await ask('HEAD /forgot-password')];
    expect(get.body).not.toBe('');
    expect(head).toEqual({ ...get, body: '' });
  });
});

/** Whatever a form would do is behind dependencies that break when they are touched. */
const untouched = { region } as never;
const forms = (
  [
    [pagesRoutes, pages],
    [resetRequestsRoutes, resetRequests],
    [credentialsRoutes, credentials],
    [sessionsRoutes, sessions],
  ] as const
).flatMap(([routes, pipeline]) =>
  Object.keys(routes)
    .filter((route) => route.startsWith('POST /') && !route.startsWith('POST /api'))
    .map((route) => [route, pipeline] as const),
);

test('every form there is, is known here', () => {
  expect(forms.map(([route]) => route).sort()).toEqual([
    'POST /account/password',
    'POST /account/sign-out',
    'POST /account/sign-out-device',
    'POST /account/sign-out-everywhere',
    'POST /forgot-password',
    'POST /invitation',
    'POST /invitation/renewal',
    'POST /login',
    'POST /reset-password',
  ]);
});

describe.each(forms)('%s', (route, pipeline) => {
  const body = 'email=jane%40example.com&password=x&currentPassword=x';
  const type = { 'content-type': 'application/x-www-form-urlencoded' };

  test.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the Origin of another region', { origin: regionOf('NZ').origin }],
    ['Origin: null', { origin: 'null' }],
    ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site', origin: region.origin }],
    ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site', origin: region.origin }],
    ['Sec-Fetch-Site: none', { 'sec-fetch-site': 'none' }],
    ['neither Origin nor Sec-Fetch-Site', {}],
  ])('is refused with a page: %s', async (_, from) => {
    const page = await asking(pipeline(untouched))(route, { headers: { ...type, ...from }, body });
    expect(page.status).toBe(403);
    expect(page.headers['Content-Type']).toContain('text/html');
    expect(page.body).toContain(copy.messages.cross_site_request.title);
    expect(page.cookies).toEqual([]);
  });

  test('what broke behind it is our fault, in words', async () => {
    const from = { 'sec-fetch-site': 'same-origin', cookie: '__Host-portal-au=x.y' };
    const page = await asking(pipeline(untouched))(route, { headers: { ...type, ...from }, body });
    if (page.status === 503) expect(page.body).toContain(copy.messages.try_again.title);
    else expect([303, 400, 410]).toContain(page.status);
  });
});

describe.each(['/reset-password', '/invitation'])('the token of %s', (path) => {
  const prefix = `__Host-portal-au${path.replace('/', '-')}-`;
  const nobody = {
    region,
    now: () => 1000,
    contacts: { find: vi.fn().mockRejectedValue(new Error('not to be asked')) },
  } as unknown as Dependencies;
  const askLink = asking(credentials(nobody));
  const token = `contact-1.${newSecret()}`;

  test('leaves the address bar at once, in a cookie that no other host can set', async () => {
    const answer = await askLink(`GET ${path}`, { query: { token } });
    expect([answer.status, answer.headers['Location'], answer.body]).toEqual([303, path, '']);
    expect(answer.headers).toMatchObject({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
    });
    const [cookie = ''] = answer.cookies;
    expect(cookie.replace(/-[\w-]{16}=/, '-<id>=')).toBe(
      `${prefix}<id>=1000.${token}; Max-Age=3600; Path=/; HttpOnly; Secure; SameSite=Lax`,
    );
    expect(cookie.split('=')[0]).not.toContain(token);
  });

  test.each([
    ['garbage', 'garbage'],
    ['nothing', ''],
    ['markup', '<script>'],
    ['too long for a cookie', 'x'.repeat(8000)],
  ])('that is %s leads to the one page for all of them', async (_, value) => {
    const taken = await askLink(`GET ${path}`, { query: { token: value } });
    const [cookie = ''] = taken.cookies.map((one) => one.split(';')[0]);
    expect(cookie.length).toBeLessThan(300);
    const page = await askLink(`GET ${path}`, { headers: { cookie } });
    expect(page.status).toBe(410);
    expect(page.headers['Cache-Control']).toBe('no-store');
    expect(page.body).toContain(copy.notValid.title);
    expect(page.body).toContain('href="/forgot-password"');
    expect(page.body).not.toContain('&lt;script');
    const bare = await askLink(`GET ${path}`);
    expect([bare.status, bare.body]).toEqual([410, page.body]);
  });

  test('in a cookie whose name is of another token or another page is not read', async () => {
    const taken = await askLink(`GET ${path}`, { query: { token: 'garbage' } });
    const [name = ''] = taken.cookies.map((one) => one.split('=')[0]);
    const id = name.slice(prefix.length);
    const form = {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    };
    const body = `link=${id}&password=a+quiet+green+kettle`;
    const pageWith = async (cookie: string) => {
      const page = await askLink(`POST ${path}`, { headers: { ...form, cookie }, body });
      expect(page.status).toBe(410);
      return /<h1>(.*?)<\/h1>/.exec(page.body)?.[1];
    };
    expect(await pageWith(`${name}=1000.garbage`)).toBe(copy.notValid.title);
    const { title } = copy.messages.link_not_open;
    expect(await pageWith(`${name}=1000.other`)).toBe(title);
    expect(await pageWith(`${name}=garbage`)).toBe(title);
    expect(await pageWith(`${name.replace('portal-au', 'portal-nz')}=1000.garbage`)).toBe(title);
    expect(await pageWith(`${name.replace('__Host-', '')}=1000.garbage`)).toBe(title);
  });
});

test('on plain http, which only a local run has, cookies do without TLS', async () => {
  const local = { region: { ...region, origin: 'http://localhost:4101' }, now: () => 1000 };
  const answer = await asking(credentials(local as Dependencies))('GET /invitation', {
    query: { token: 'a.b' },
  });
  expect(answer.cookies).toEqual([
    expect.stringMatching(
      /^portal-au-invitation-[\w-]{16}=1000\.a\.b; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/,
    ),
  ]);
});
