import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { franchise } from '../../../infra/stacks/configuration/brand.ts';
import { drawIcons } from '../../../infra/tools/icons.ts';
import type { PictureName } from '../../../shared/pages/assets/paths.ts';

const picture = (name: PictureName, brand = franchise): Buffer =>
  new Map(drawIcons(brand)).get(name) ?? Buffer.alloc(0);

/** Width, height and the colour of the pixel at the upper left (PNG, 3rd edition, 11.2). */
const read = (png: Buffer) => {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  // The first pixel of the first line is the same by every filter; one byte names the filter.
  const [, red = 0, green = 0, blue = 0, alpha = 0] = inflateSync(Buffer.concat(data));
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), red, green, blue, alpha };
};

const accentOf = ({ colours }: typeof franchise) => {
  const [red, green, blue] = [1, 3, 5].map((at) =>
    Number.parseInt(colours.light.accent.slice(at, at + 2), 16),
  );
  return { red, green, blue };
};

test("a phone's home screen gets 180 by 180 pixels of the brand's accent, up to the corners", () => {
  const whole = { width: 180, height: 180, alpha: 255 };
  expect(read(picture('apple-touch-icon.png'))).toEqual({ ...whole, ...accentOf(franchise) });
  const light = { ...franchise.colours.light, accent: '#004400' };
  const other = { ...franchise, colours: { ...franchise.colours, light } };
  expect(read(picture('apple-touch-icon.png', other))).toEqual({ ...whole, ...accentOf(other) });
});

test('favicon.ico is an icon of three sizes, each where its entry says', () => {
  const icon = picture('favicon.ico');
  expect([icon.readUInt16LE(0), icon.readUInt16LE(2), icon.readUInt16LE(4)]).toEqual([0, 1, 3]);
  let end = 6 + 16 * 3;
  for (const [index, side] of [16, 32, 48].entries()) {
    const entry = icon.subarray(6 + 16 * index);
    expect([entry[0], entry[1], entry.readUInt32LE(12)]).toEqual([side, side, end]);
    end += entry.readUInt32LE(8);
    const png = icon.subarray(entry.readUInt32LE(12), end);
    expect(read(png)).toMatchObject({ width: side, height: side, alpha: 0 }); // a round corner
  }
  expect(end).toBe(icon.length);
});
