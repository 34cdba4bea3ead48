import { describe, expect, it } from 'vitest';
import { franchise } from '../../../infra/stacks/configuration/brand.ts';
import { contrastFindings, contrastOf } from '../../../infra/stacks/configuration/contrast.ts';

describe('contrast (WCAG 2.2)', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#777777', '#ffffff', 4.48],
    ['#ff0000', '#ffffff', 4],
    ['#123456', '#123456', 1],
  ])('of %s and %s is %d, whichever is in front', (one, other, ratio) => {
    expect(contrastOf(one, other)).toBeCloseTo(ratio, 2);
    expect(contrastOf(other, one)).toBeCloseTo(ratio, 2);
  });

  it("is enough in the franchise's own colours", () => {
    expect(contrastFindings(franchise, ['brand'])).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'is asked of every colour that is read or seen: %s',
    (scheme) => {
      const { colours } = franchise;
      const decoration = ['line', 'goodPaper', 'badPaper', 'paper', 'card', 'accentDeep'];
      for (const colour of Object.keys(colours[scheme])) {
        if (decoration.includes(colour)) continue;
        const gone = colour === 'onAccent' ? colours[scheme].accent : colours[scheme].paper;
        const brand = {
          ...franchise,
          colours: { ...colours, [scheme]: { ...colours[scheme], [colour]: gone } },
        };
        const paths = contrastFindings(brand, []).map(({ path }) => path.join('.'));
        expect(paths).toContain(`colours.${scheme}.${colour}`);
      }
    },
  );
});
