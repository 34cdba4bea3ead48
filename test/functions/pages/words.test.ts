import { describe, expect, test } from 'vitest';
import { inWords } from '../../../shared/core/duration.ts';
import { passwordReasons, refusalCodes, refuse } from '../../../shared/core/refusal.ts';
import { regionCodes } from '../../../shared/core/region.ts';
import { forgotPasswordPage } from '../../../shared/pages/forgot-password.ts';
import { homePage } from '../../../shared/pages/home.ts';
import { invitationPage } from '../../../shared/pages/invitation.ts';
import { loginPage } from '../../../shared/pages/login.ts';
import { copy } from '../../../shared/pages/parts/copy.ts';
import { isAboutFields, problemsOf } from '../../../shared/pages/parts/problems.ts';
import { resetPasswordPage } from '../../../shared/pages/reset-password.ts';
import { resetRequestedPage } from '../../../shared/pages/sent.ts';
import { regionOf } from '../../support/dependencies.ts';

const region = regionOf('AU');

test.each([
  [1, '1 second'],
  [30, '30 seconds'],
  [60, '60 seconds'],
  [150, '3 minutes'],
  [3600, '60 minutes'],
  [7200, '2 hours'],
  [604_800, '7 days'],
])('%i seconds are %s', (seconds, said) => {
  expect(inWords(seconds)).toBe(said);
});

describe('the words of the help article', () => {
  test('Login, and Forgot Password? below the password field', () => {
    expect(homePage({ region })).toContain('>Login</a>');
    const page = loginPage({ region });
    expect(page.indexOf('>Forgot Password?</a>')).toBeGreaterThan(page.indexOf('id="password"'));
  });

  test('the address used for the invitation, and Reset Password', () => {
    const page = forgotPasswordPage({ region });
    expect(page).toContain('email address used for your Customer Portal invitation');
    expect(page).toMatch(/<button[^>]*>Reset Password<\/button>/);
  });

  test.each(regionCodes)('what to do when nothing arrives, with the help desk of %s', (code) => {
    const { helpDesk } = regionOf(code);
    const page = resetRequestedPage({ region: regionOf(code) });
    expect(page).toContain('spam or junk folder');
    expect(page).toContain('you may not have been invited yet');
    expect(page).toContain(helpDesk.phone);
    expect(page).toContain(`mailto:${helpDesk.email}`);
  });
});

test.each([
  ['AU', '3:04 pm on Thursday 12 March 2026 (Sydney time)'],
  ['NZ', '5:04 pm on Thursday 12 March 2026 (Auckland time)'],
  ['US', '10:04 PM on Wednesday, March 11, 2026 (Mountain Time)'],
] as const)('%s has its own language and time', (code, said) => {
  const page = invitationPage({
    link: 'id',
    region: regionOf(code),
    name: 'Jane Citizen',
    email: 'jane@example.com',
    expiresAt: Date.UTC(2026, 2, 12, 4, 4),
  });
  expect(page).toContain(said);
  expect(page).toContain(`<html lang="en-${code}">`);
});

describe('what password managers look for', () => {
  test('on the login page', () => {
    const page = loginPage({ region });
    expect(page).toMatch(/type="email" inputmode="email" autocomplete="username"/);
    expect(page).toMatch(/type="password" autocomplete="current-password"/);
  });

  test('where a password is chosen: whose it is, and that it is new', () => {
    const page = resetPasswordPage({ region, link: 'id', email: 'jane@example.com' });
    expect(page).toMatch(/autocomplete="username" value="jane@example.com" readonly hidden/);
    expect(page).toMatch(/autocomplete="new-password" minlength="12"/);
    expect(page).not.toContain('maxlength');
  });
});

describe('problems', () => {
  test.each(passwordReasons)('a weak password is explained: %s', (reason) => {
    const { password } = problemsOf(refuse('weak_password', { reasons: [reason] }));
    expect(password).toBe(copy.problems.reasons[reason]);
  });

  test('each invalid field has its own, and unknown ones none', () => {
    const errors = ['email', 'password', 'other'].map((path) => ({ path, message: '' }));
    expect(problemsOf(refuse('invalid_request', { errors }))).toEqual({
      email: copy.problems.fields.email,
      password: copy.problems.fields.password,
    });
  });

  test('a wrong password is told where it was typed', () => {
    expect(problemsOf(refuse('invalid_credentials'))).toHaveProperty('password');
    expect(problemsOf(refuse('invalid_credentials'), 'currentPassword')).toEqual({
      currentPassword: copy.problems.wrong.currentPassword,
    });
  });

  test('a pause is said in words', () => {
    const { password } = problemsOf(refuse('too_many_attempts', { retryAfter: 240 }));
    expect(password).toContain('Please wait 4 minutes');
  });

  test.each(refusalCodes.filter((code) => isAboutFields(refuse(code))))('%s has some', (code) => {
    const details = { errors: [{ path: 'email', message: '' }], reasons: ['common'] as const };
    expect(Object.values(problemsOf(refuse(code, details)))).not.toEqual([]);
  });
});
