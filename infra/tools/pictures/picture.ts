import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import UPNG from 'upng-js';

/** A page of text has this many shades; as a palette they take a third of the bytes. */
const colours = 48;

/** Draws the whole of a page into a PNG file. */
export const savePicture = async (page: Page, path: string): Promise<void> => {
  const { width, height, ...drawn } = UPNG.decode(
    new Uint8Array(await page.screenshot({ fullPage: true })).buffer,
  );
  const pixels = UPNG.toRGBA8({ width, height, ...drawn });
  await writeFile(path, new Uint8Array(UPNG.encode(pixels, width, height, colours)));
};
