import type { CoreDependencies } from '../../shared/core/dependencies.ts';
import { forgotPasswordPage } from '../../shared/pages/forgot-password.ts';
import { homePage } from '../../shared/pages/home.ts';
import { loginPage } from '../../shared/pages/login.ts';
import { isNotice } from '../../shared/pages/parts/copy.ts';
import { resetRequestedPage } from '../../shared/pages/sent.ts';
import { pageRoute } from '../http/page-route.ts';
import { html, type Response, seeOther } from '../http/response.ts';

type Dependencies = Pick<CoreDependencies, 'region'>;

/** The same for everyone: a browser may keep it, and asks whether it is still good. */
const forEveryone = (page: string): Response => {
  const reply = html(200, page);
  return { ...reply, headers: { ...reply.headers, 'Cache-Control': 'no-cache' } };
};

/** `GET /`. */
export const getHome = pageRoute((_, { region }: Dependencies) =>
  forEveryone(homePage({ region })),
);

/** `GET /login`. */
export const getLogin = pageRoute((request, { region }: Dependencies) => {
  const notice = isNotice(request.query['notice']) ? request.query['notice'] : undefined;
  return forEveryone(loginPage({ region, notice }));
});

/** `GET /forgot-password`. */
export const getForgotPassword = pageRoute((_, { region }: Dependencies) =>
  forEveryone(forgotPasswordPage({ region })),
);

/** `GET /forgot-password/sent`. */
export const getResetRequested = pageRoute((_, { region }: Dependencies) =>
  forEveryone(resetRequestedPage({ region })),
);

/** `GET /.well-known/change-password`, where password managers look (W3C). */
export const getChangePasswordAddress = pageRoute(() => seeOther('/account/password'));
