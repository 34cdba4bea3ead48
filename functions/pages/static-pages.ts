import type { CoreDependencies } from '../../shared/core/dependencies.ts';
import { forgotPasswordPage } from '../../shared/pages/forgot-password.ts';
import { isNotice } from '../../shared/pages/parts/copy.ts';
import { renewalRequestedPage, resetRequestedPage } from '../../shared/pages/sent.ts';
import { carriedEmail } from '../http/email-cookie.ts';
import { pageRoute } from '../http/page-route.ts';
import { html, seeOther } from '../http/response.ts';

type Dependencies = Pick<CoreDependencies, 'region'>;

/** `GET /forgot-password`. */
export const getForgotPassword = pageRoute((request, { region }: Dependencies) =>
  html(200, forgotPasswordPage({ region, email: carriedEmail(request, region) })),
);

/** `GET /forgot-password/sent`. */
export const getResetRequested = pageRoute((request, { region }: Dependencies) => {
  const notice = isNotice(request.query['notice']) ? request.query['notice'] : undefined;
  return html(200, resetRequestedPage({ region, notice, email: carriedEmail(request, region) }));
});

/** `GET /invitation/renewal`, after *Email me a new link*. */
export const getRenewalRequested = pageRoute((_, { region }: Dependencies) =>
  html(200, renewalRequestedPage({ region })),
);

/** `GET /.well-known/change-password`, where password managers look (W3C). */
export const getChangePasswordAddress = pageRoute(() => seeOther('/account/password'));
