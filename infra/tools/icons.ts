import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { Brand } from '../../shared/core/brand.ts';
import { faviconOf, touchIconOf } from '../../shared/pages/assets/icons.ts';
import type { PictureName } from '../../shared/pages/assets/paths.ts';

await initWasm(
  readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')),
);

const pngOf = (svg: string, side: number): Buffer =>
  Buffer.from(new Resvg(svg, { fitTo: { mode: 'width', value: side } }).render().asPng());

/** A header, an entry for each picture, the pictures (Microsoft, 'The format of icon resources'). */
const icoOf = (svg: string, sides: readonly number[]): Buffer => {
  const pictures = sides.map((side) => pngOf(svg, side));
  const header = Buffer.alloc(6 + 16 * sides.length);
  header.writeUInt16LE(1, 2); // an icon, not a cursor
  header.writeUInt16LE(sides.length, 4);
  let offset = header.length;
  for (const [index, picture] of pictures.entries()) {
    const entry = 6 + 16 * index;
    const side = sides[index] ?? 0;
    header.set([side, side], entry);
    header.writeUInt16LE(1, entry + 4); // colour planes
    header.writeUInt16LE(32, entry + 6); // bits of a pixel
    header.writeUInt32LE(picture.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += picture.length;
  }
  return Buffer.concat([header, ...pictures]);
};

/** A brand's mark as the pictures that older browsers, phones and programs ask for. */
export const drawIcons = (brand: Brand): readonly (readonly [PictureName, Buffer])[] => [
  ['favicon.ico', icoOf(faviconOf(brand), [16, 32, 48])],
  ['apple-touch-icon.png', pngOf(touchIconOf(brand), 180)],
];
