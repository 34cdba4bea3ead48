import { refuse } from '../../shared/core/refusal.ts';
import type { Region } from '../../shared/core/region.ts';
import { typed } from '../http/page-route.ts';
import type { Request } from '../http/request.ts';
import type { Route } from '../http/route.ts';
import { sessionToken } from '../http/session-cookie.ts';
import type { Dependencies } from './dependencies.ts';

/** Somebody else signed in since the form was drawn: a session's token names its contact. */
const isOfAnother = (request: Request, region: Region): boolean => {
  const account = typed(request, 'account');
  const token = sessionToken(request, region);
  return account !== undefined && token !== undefined && !token.startsWith(`${account}.`);
};

/** Refuses a form that was drawn for another account than the one that is signed in now. */
export const onOwnAccount = (route: Route<Dependencies>): Route<Dependencies> => ({
  ...route,
  answer: (request, deps) =>
    isOfAnother(request, deps.region) ? refuse('other_account') : route.answer(request, deps),
});
