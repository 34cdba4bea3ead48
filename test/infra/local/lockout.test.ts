import { describe, expect, it } from 'vitest';
import {
  afterFailure,
  type Failures,
  lockedUntil,
} from '../../../infra/local/emulators/cognito/lockout.ts';

const failed = (times: number): Failures =>
  Array.from({ length: times }).reduce<Failures>((known) => afterFailure(known, 1_000), {
    count: 0,
    lastAt: 1_000,
  });

describe("Cognito's lockout", () => {
  it.each([
    [4, 0],
    [5, 1_000],
    [6, 2_000],
    [10, 32_000],
    [20, 900_000],
  ])('after %i failures lasts %i ms', (times, milliseconds) => {
    expect(Math.max(0, lockedUntil(failed(times)) - 1_000)).toBe(milliseconds);
  });

  it('counts anew after 15 quiet minutes', () => {
    expect(afterFailure(failed(5), 2_000 + 900_000)).toEqual({ count: 1, lastAt: 902_000 });
    expect(afterFailure(failed(5), 2_000 + 899_999)).toMatchObject({ count: 6 });
  });
});
