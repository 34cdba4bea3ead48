import { describe, expect, test } from 'vitest';
import { pageStates, plainPages } from '../../../infra/tools/pictures/page-states.ts';
import { regionCodes } from '../../../shared/core/region.ts';
import { invitationPage } from '../../../shared/pages/invitation.ts';
import { loginPage } from '../../../shared/pages/login.ts';
import { regionOf } from '../../support/dependencies.ts';
import { markupFindings } from '../../support/markup.ts';

describe.each(regionCodes)('the pages of %s', (code) => {
  test.each(Object.entries(pageStates(regionOf(code))))(
    '%s is well-formed HTML',
    async (_, page) => {
      expect(await markupFindings(page)).toEqual([]);
    },
  );

  test.each(Object.entries(pageStates(regionOf(code))))('%s has nothing inline', (_, page) => {
    expect(page).not.toMatch(
      /<style|<script(?! src="\/script\.js)|\sstyle="|\son\w+="|javascript:/i,
    );
  });
});

test.each(Object.entries(plainPages))('%s is well-formed HTML', async (_, page) => {
  expect(await markupFindings(page)).toEqual([]);
});

test('what people typed is shown and does nothing', async () => {
  const hostile = `"><script>alert(1)</script>&amp; O'Neil`;
  const region = regionOf('NZ');
  const pages = [
    invitationPage({ region, link: 'id', name: hostile, email: hostile, expiresAt: 0 }),
    loginPage({ region, email: hostile, problems: { email: hostile } }),
  ];
  for (const page of pages) {
    expect(page).not.toContain('<script>');
    expect(page).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp; O&#39;Neil');
    expect(await markupFindings(page)).toEqual([]);
  }
});
