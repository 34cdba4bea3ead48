import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Region } from '../../../shared/core/region.ts';
import { composeEmail } from '../../../shared/email/compose/compose-email.ts';
import type { EmailKind } from '../../../shared/email/kinds.ts';
import { emailKinds, linkOf } from '../../../shared/email/kinds.ts';
import { readConfiguration } from '../../stacks/configuration/configuration.ts';
import { launchBrowser } from './browser.ts';

/** Draws every email in every region, as people see it: `npm run emails`. */

const folder = new URL('../../../docs/emails/', import.meta.url);

/** A fixed moment, so that pictures change only when emails do. */
const now = Date.UTC(2026, 10, 26, 6, 30);
const minute = 60_000;
const pages = { invitation: 'invitation', reset: 'reset-password' };

const sample = (kind: EmailKind, region: Region) => {
  const letter = {
    ...{ kind, region, name: 'Jane Citizen', now },
    ...{ happenedAt: now - 3 * minute, device: 'Safari on iPhone' },
  };
  const purpose = linkOf[kind];
  if (!purpose) return composeEmail(letter);
  const { invitationLinkSeconds, resetLinkSeconds } = region.limits;
  const life = purpose === 'reset' ? resetLinkSeconds : invitationLinkSeconds;
  const token = `contact-1.${'a1B2c3D4e5F6g7H8'.repeat(3).slice(0, 43)}`;
  const link = `${region.origin}/${pages[purpose]}?token=${token}`;
  return composeEmail({ ...letter, link, expiresAt: now + life * 1000 });
};

const light = { name: '', width: 680, colorScheme: 'light' } as const;
const dark = { name: '-dark-phone', width: 375, colorScheme: 'dark' } as const;
/** The dark look on a phone is the same everywhere: one region shows it. */
const looks = { AU: [light, dark], NZ: [light], US: [light] };

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
try {
  for (const { region } of readConfiguration({ PORTAL_STAGE: 'prod' })) {
    for (const kind of emailKinds) {
      const { subject, html, text } = sample(kind, region);
      const file = (ending: string) =>
        new URL(`${region.code.toLowerCase()}-${kind}${ending}`, folder);
      await writeFile(file('.txt'), `Subject: ${subject}\n\n${text}`);
      for (const { name, width, colorScheme } of looks[region.code]) {
        const page = await browser.newPage({ viewport: { width, height: 400 }, colorScheme });
        await page.setContent(html);
        await writeFile(file(`${name}.png`), await page.screenshot({ fullPage: true }));
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
}
