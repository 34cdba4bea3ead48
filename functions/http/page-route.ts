import type * as z from 'zod/mini';
import { statusOfRefusal } from '../../shared/api/problems.ts';
import { isRefusal, type Refusal } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';
import { returnAddress, wayIn } from '../../shared/core/return-address.ts';
import { linkNotValidPage } from '../../shared/pages/dead-link.ts';
import { messagePage } from '../../shared/pages/message.ts';
import { isAboutFields } from '../../shared/pages/parts/problems.ts';
import { retryAfterHeader } from './problem.ts';
import { parse, type Request } from './request.ts';
import { html, type Response, seeOther } from './response.ts';
import type { Outcome, Route } from './route.ts';

/** A page of its own for what no form can mend. */
const refusalPage = (refusal: Refusal, region: Region): string => {
  switch (refusal.code) {
    case 'link_not_valid':
      return linkNotValidPage({ region });
    case 'link_not_open':
    case 'other_account':
    case 'not_found':
    case 'cross_site_request':
    case 'try_again':
      return messagePage({ region, about: refusal.code });
    default:
      return messagePage({ region, about: 'not_understood' });
  }
};

/** To Login, and back to the page that was asked for, unless Login leads there anyway. */
const logInFirst = ({ path }: Request, region: Region): Response => {
  const back = path === wayIn(region) ? undefined : returnAddress(region, path);
  const returning = back ? `&return=${encodeURIComponent(back)}` : '';
  return seeOther(`/login?notice=log-in-first${returning}`);
};

/** A refusal as a person reads it. Who is not signed in goes to the login page. */
export const presentAsPage = (refusal: Refusal, request: Request, region: Region): Response =>
  refusal.code === 'not_signed_in'
    ? logInFirst(request, region)
    : withStatusOf(refusal, html(200, refusalPage(refusal, region)));

const withStatusOf = (refusal: Refusal, reply: Response): Response => ({
  ...reply,
  status: statusOfRefusal(refusal.code),
  headers: { ...reply.headers, ...retryAfterHeader(refusal) },
});

/** A route that draws a page. */
export const pageRoute = <Dependencies>(
  answer: Route<Dependencies>['answer'],
): Route<Dependencies> => ({ present: presentAsPage, answer });

/** A page, or a response with one whose status is the refusal's. */
type Again = string | Response | Refusal;

type FormRoute<Fields, Dependencies> = {
  readonly fields: z.ZodMiniType<Fields>;
  /** Does what the form is for; on success, says where the browser goes on. */
  readonly submit: (
    fields: Fields,
    deps: Dependencies,
    request: Request,
  ) => Promise<Outcome> | Outcome;
  /** The page again, with what can be mended in it. */
  readonly again: (
    refusal: Refusal,
    deps: Dependencies,
    request: Request,
  ) => Promise<Again> | Again;
};

/** A route that takes a form of our own pages. */
export const formRoute = <Fields, Dependencies>({
  fields,
  submit,
  again,
}: FormRoute<Fields, Dependencies>): Route<Dependencies> => ({
  accepts: 'form',
  present: presentAsPage,
  answer: async (request, deps) => {
    const input = parse(fields, request.body);
    const outcome = isRefusal(input) ? input : await submit(input, deps, request);
    if (!isRefusal(outcome) || !isAboutFields(outcome)) return outcome;
    const page = await again(outcome, deps, request);
    if (isRefusal(page)) return page;
    return withStatusOf(outcome, typeof page === 'string' ? html(200, page) : page);
  },
});

/** A field of a form as it was typed, to be shown again. */
export const typed = ({ body }: Request, field: string): string | undefined => {
  const value = (body as Record<string, unknown> | undefined)?.[field];
  return typeof value === 'string' ? value : undefined;
};
