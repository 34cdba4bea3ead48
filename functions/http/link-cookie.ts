import { createHash } from 'node:crypto';
import type { CoreDependencies } from '../../shared/core/dependencies.ts';
import { type Refusal, refuse } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';
import { cookieName, ownCookie } from './own-cookie.ts';
import { typed } from './page-route.ts';
import type { Request } from './request.ts';
import { type Response, seeOther, withCookie } from './response.ts';

/** Seconds for choosing a password after opening the link. */
const lifeSeconds = 60 * 60;

/** The longest token there is has 108 characters. */
const longest = 200;

/** Links of one page that a browser carries at a time; the oldest gives way. */
const maxOpen = 5;

/** The page that a link opens. */
export type LinkPath = '/reset-password' | '/invitation';

/** A link that this browser opened. Its id, a hash of the token, is all that a form shows. */
export type OpenLink = { readonly id: string; readonly token: string; readonly openedAt: number };

const idOf = (token: string): string =>
  createHash('sha256').update(token).digest('base64url').slice(0, 16);

/** One cookie per link. */
const prefixOf = (path: LinkPath, region: Region): string =>
  cookieName(region, `${path.replace('/', '-')}-`);

const cookie = (
  path: LinkPath,
  region: Region,
  id: string,
  value: string,
  maxAge: number,
): string => ownCookie(region, prefixOf(path, region) + id, value, maxAge);

/** The links of a page that this browser has open, newest first. */
const openLinks = (request: Request, path: LinkPath, region: Region): OpenLink[] => {
  const prefix = prefixOf(path, region);
  return Object.entries(request.cookies)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value = '']) => {
      const [, openedAt = '0', token = ''] = /^(\d{1,15})\.(.*)$/s.exec(value) ?? [];
      return { id: name.slice(prefix.length), openedAt: Number(openedAt), token };
    })
    .filter(({ id, token }) => id === idOf(token))
    .sort((a, b) => b.openedAt - a.openedAt);
};

/** The link that was opened last; one that can be none if there is none. */
export const newestLink = (request: Request, path: LinkPath, region: Region): OpenLink =>
  openLinks(request, path, region)[0] ?? { id: '', token: '', openedAt: 0 };

/** The link that a form was drawn for, which need not be the newest. */
export const linkOfForm = (
  request: Request,
  path: LinkPath,
  region: Region,
): OpenLink | Refusal<'link_not_open'> =>
  openLinks(request, path, region).find(({ id }) => id === typed(request, 'link')) ??
  refuse('link_not_open');

/**
 * Takes the token out of the address bar, the history and every Referer, without a script: a cookie
 * carries it on to the clean path. Undefined if the address holds none.
 */
export const takeToken = (
  request: Request,
  path: LinkPath,
  { region, now }: Pick<CoreDependencies, 'region' | 'now'>,
): Response | undefined => {
  const { token } = request.query;
  if (token === undefined) return undefined;
  const carried = token.length > longest ? '' : token;
  const id = idOf(carried);
  const open = openLinks(request, path, region);
  // Later than any other, whichever machine's clock said when that was.
  const openedAt = Math.max(now(), (open[0]?.openedAt ?? 0) + 1);
  const oldest = open.filter((link) => link.id !== id).slice(maxOpen - 1);
  const kept = withCookie(
    seeOther(path),
    cookie(path, region, id, `${openedAt}.${carried}`, lifeSeconds),
  );
  return oldest.reduce((reply, link) => withoutLink(reply, path, region, link), kept);
};

/** Forgets a link once it is used. */
export const withoutLink = (
  reply: Response,
  path: LinkPath,
  region: Region,
  { id }: OpenLink,
): Response => withCookie(reply, cookie(path, region, id, '', 0));
