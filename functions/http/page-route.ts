import type * as z from 'zod/mini';
import { isRefusal, type Refusal } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';
import { invitationExpiredPage, linkNotValidPage } from '../../shared/pages/dead-link.ts';
import { messagePage } from '../../shared/pages/message.ts';
import { isAboutFields } from '../../shared/pages/parts/problems.ts';
import { retryAfterHeader, statusOfRefusal } from './problem.ts';
import { type Request, parse } from './request.ts';
import { html, type Response, seeOther } from './response.ts';
import type { Route } from './serve.ts';

/** A page's refusals that no form can mend: a page of their own. */
const refusalPage = (refusal: Refusal, { region }: { readonly region: Region }): string => {
  switch (refusal.code) {
    case 'link_not_valid':
      return linkNotValidPage({ region });
    case 'link_expired':
      return invitationExpiredPage({ region });
    case 'not_found':
    case 'cross_site_request':
    case 'try_again':
      return messagePage({ region, about: refusal.code });
    default:
      return messagePage({ region, about: 'not_understood' });
  }
};

/** A refusal as a person reads it. Who is not signed in goes to the login page. */
export const refuseAsPage = (
  refusal: Refusal,
  _request: Request,
  world: { readonly region: Region },
): Response =>
  refusal.code === 'not_signed_in'
    ? seeOther('/login?notice=log-in-first')
    : withStatusOf(refusal, refusalPage(refusal, world));

const withStatusOf = (refusal: Refusal, page: string): Response => {
  const reply = html(statusOfRefusal(refusal.code), page);
  return { ...reply, headers: { ...reply.headers, ...retryAfterHeader(refusal) } };
};

/** A door that draws a page. */
export const pageRoute = <World extends { region: Region }>(
  answer: Route<World>['answer'],
): Route<World> => ({ accepts: 'nothing', isForBrowsers: true, refuse: refuseAsPage, answer });

type FormRoute<Fields, World> = {
  readonly fields: z.ZodMiniType<Fields>;
  /** Does what the form is for; on success, says where the browser goes on. */
  readonly submit: (
    fields: Fields,
    world: World,
    request: Request,
  ) => Promise<Response | Refusal> | Response | Refusal;
  /** The page again, with what can be mended in it. */
  readonly again: (
    refusal: Refusal,
    world: World,
    request: Request,
  ) => Promise<string | Refusal> | string | Refusal;
};

/** A door that takes a form. */
export const formRoute = <Fields, World extends { region: Region }>({
  fields,
  submit,
  again,
}: FormRoute<Fields, World>): Route<World> => ({
  accepts: 'form',
  isForBrowsers: true,
  refuse: refuseAsPage,
  answer: async (request, world) => {
    const input = parse(fields, request.body);
    const outcome = isRefusal(input) ? input : await submit(input, world, request);
    if (!isRefusal(outcome) || !isAboutFields(outcome)) return outcome;
    const page = await again(outcome, world, request);
    return isRefusal(page) ? page : withStatusOf(outcome, page);
  },
});

/** A field of a form as it was typed, to be shown again. */
export const typed = ({ body }: Request, field: string): string | undefined => {
  const value = (body as Record<string, unknown> | undefined)?.[field];
  return typeof value === 'string' ? value : undefined;
};
