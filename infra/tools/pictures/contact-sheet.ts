import type { Browser, Page } from 'playwright-core';
import { savePicture } from './picture.ts';

/** A picture of a page as it is, with what was done there. */
export type Step = { readonly caption: string; readonly picture: Buffer };

export const stepOf = async (page: Page, caption: string): Promise<Step> => ({
  caption,
  picture: await page.screenshot({ fullPage: true }),
});

/** Puts pictures side by side, six in a row. */
export const contactSheet = async (
  browser: Browser,
  steps: readonly Step[],
  path: string,
): Promise<void> => {
  const page = await browser.newPage({ viewport: { width: 1600, height: 400 } });
  const figures = steps.map(
    ({ caption, picture }, index) =>
      `<figure><figcaption>${index + 1}. ${caption}</figcaption><img src="data:image/png;base64,${picture.toString('base64')}"></figure>`,
  );
  await page.setContent(
    `<style>
      body { margin: 0; padding: 20px; background: #ddd; font: 16px/1.3 system-ui; display: grid; grid-template-columns: repeat(6, 1fr); gap: 20px; }
      figure { margin: 0; } figcaption { min-height: 3.9em; } img { width: 100%; border: 1px solid #999; }
    </style>${figures.join('')}`,
  );
  await savePicture(page, path);
  await page.close();
};
