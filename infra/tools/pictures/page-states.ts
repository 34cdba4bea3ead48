import { refuse } from '../../../shared/core/refusal.ts';
import type { Region } from '../../../shared/core/region.ts';
import { accountPage, changePasswordPage } from '../../../shared/pages/account.ts';
import { invitationExpiredPage, linkNotValidPage } from '../../../shared/pages/dead-link.ts';
import { forgotPasswordPage } from '../../../shared/pages/forgot-password.ts';
import { homePage } from '../../../shared/pages/home.ts';
import { invitationPage } from '../../../shared/pages/invitation.ts';
import { loginPage } from '../../../shared/pages/login.ts';
import { messagePage } from '../../../shared/pages/message.ts';
import { copy, isNotice } from '../../../shared/pages/parts/copy.ts';
import { problemsOf } from '../../../shared/pages/parts/problems.ts';
import { resetPasswordPage } from '../../../shared/pages/reset-password.ts';
import { renewalRequestedPage, resetRequestedPage } from '../../../shared/pages/sent.ts';
import { wordsForBrowsers } from '../../stacks/api/gateway-responses.ts';
import { plainPage } from '../../stacks/api/plain-page.ts';

const contactId = 'C-1';
const jane = { name: 'Jane Citizen', email: 'jane@example.com' };
const link = 'AbCdEfGhIjKlMnOp';
const at = Date.UTC(2026, 2, 12, 4, 4);
const devices = [
  { id: 'AbCdEfGhIjKlMnOp', device: 'Safari on iPhone', seenAt: at, isThis: true },
  { id: 'BbCdEfGhIjKlMnOp', device: 'Chrome on Windows', seenAt: at - 86_400_000, isThis: false },
];

const missing = (...paths: string[]) =>
  problemsOf(refuse('invalid_request', { errors: paths.map((path) => ({ path, message: '' })) }));
const wrong = problemsOf(refuse('invalid_credentials'));
const tooMany = problemsOf(refuse('too_many_attempts', { retryAfter: 240 }));
const weak = problemsOf(refuse('weak_password', { reasons: ['too_short', 'common'] }));
const weakAndWrong = {
  ...weak,
  ...problemsOf(refuse('invalid_credentials'), 'currentPassword'),
};

/** What stands in front of the functions says, as a browser gets it; it has no stylesheet. */
export const plainPages: Readonly<Record<string, string>> = Object.fromEntries(
  wordsForBrowsers.map((words, index) => [`in-front-${index + 1}`, plainPage(words)]),
);

/** Every page in every state, by name: what the pictures show and the checkers read. */
export const pageStates = (region: Region): Readonly<Record<string, string>> => ({
  home: homePage({ region }),
  login: loginPage({ region }),
  ...Object.fromEntries(
    Object.keys(copy.notices)
      .filter(isNotice)
      .filter((notice) => !['password-changed', 'sent-again', 'device-signed-out'].includes(notice))
      .map((notice) => [`login-${notice}`, loginPage({ region, notice })]),
  ),
  'login-nothing-typed': loginPage({ region, problems: missing('email', 'password') }),
  'login-wrong': loginPage({ region, email: jane.email, problems: wrong }),
  'login-too-many-attempts': loginPage({ region, email: jane.email, problems: tooMany }),
  'forgot-password': forgotPasswordPage({ region }),
  'forgot-password-not-an-address': forgotPasswordPage({
    region,
    email: 'jane at example',
    problems: missing('email'),
  }),
  'forgot-password-sent': resetRequestedPage({ region, email: jane.email }),
  'forgot-password-sent-again': resetRequestedPage({
    region,
    email: jane.email,
    notice: 'sent-again',
  }),
  'forgot-password-sent-elsewhere': resetRequestedPage({ region }),
  'login-wrong-kept': loginPage({
    region,
    email: jane.email,
    isKept: true,
    back: '/account/password',
    problems: wrong,
  }),
  'login-address-known': loginPage({ region, email: jane.email }),
  'reset-password': resetPasswordPage({ region, link, email: jane.email }),
  'reset-password-weak': resetPasswordPage({ region, link, email: jane.email, problems: weak }),
  invitation: invitationPage({ region, link, ...jane, expiresAt: at }),
  'invitation-weak': invitationPage({ region, link, ...jane, expiresAt: at, problems: weak }),
  'invitation-expired': invitationExpiredPage({ region, link }),
  'invitation-renewal-sent': renewalRequestedPage({ region }),
  'link-not-valid': linkNotValidPage({ region }),
  account: accountPage({ region, contactId, ...jane, signedInAt: at, lastSignInAt: at, devices }),
  'account-one-device': accountPage({
    ...{ region, contactId, ...jane, signedInAt: at, lastSignInAt: at },
    devices: devices.slice(0, 1),
    notice: 'device-signed-out',
  }),
  'account-with-portal': accountPage({
    region: { ...region, portalUrl: `${region.origin}/home` },
    contactId,
    ...jane,
    signedInAt: at,
    lastSignInAt: at,
    devices,
  }),
  'account-password-changed': accountPage({
    region,
    contactId,
    ...jane,
    signedInAt: at,
    lastSignInAt: at + 7_200_000,
    devices,
    notice: 'password-changed',
  }),
  'change-password': changePasswordPage({ region, contactId, email: jane.email }),
  'change-password-wrong': changePasswordPage({
    region,
    contactId,
    email: jane.email,
    problems: weakAndWrong,
  }),
  'not-found': messagePage({ region, about: 'not_found' }),
  'link-not-open': messagePage({ region, about: 'link_not_open' }),
  'other-account': messagePage({ region, about: 'other_account' }),
  'cross-site': messagePage({ region, about: 'cross_site_request' }),
  'try-again': messagePage({ region, about: 'try_again' }),
  'not-understood': messagePage({ region, about: 'not_understood' }),
});
