import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../infra/local/arguments.ts';
import { LocalError } from '../../../infra/local/host/local-error.ts';

describe('the command line of the local run', () => {
  it('runs all regions from port 4100 on when nothing is said', () => {
    expect(readArguments([])).toEqual({
      isHelp: false,
      port: 4100,
      regions: ['AU', 'NZ', 'US'],
    });
  });

  it('takes a port, some regions, a data folder and a configuration file', () => {
    const words = ['--port', '5100', '--region', 'us,AU', '--data', 'kept', '--config', 'a.json'];
    expect(readArguments(words)).toEqual({
      isHelp: false,
      port: 5100,
      regions: ['AU', 'US'],
      data: 'kept',
      config: 'a.json',
    });
  });

  it('takes a time, which is of UTC unless it says otherwise', () => {
    for (const time of ['2026-12-24T09:00Z', '2026-12-24T20:00+11:00']) {
      expect(readArguments(['--now', time])).toMatchObject({ now: Date.UTC(2026, 11, 24, 9) });
    }
  });

  it('shows its help', () => {
    expect(readArguments(['--help'])).toEqual({ isHelp: true });
  });

  it.each([
    [['--prot', '5100'], /Unknown option '--prot'.*--help/],
    [['elsewhere'], /elsewhere.*--help/],
    [['--port', 'x'], /--port must be a number from 1024 to 65400, not x\./],
    [['--port', '80'], /--port must be a number/],
    [['--now', 'noon'], /--now must be a time as in 2026-12-24T09:00, not noon\./],
    [['--region', 'AU,UK'], /--region knows AU, NZ, US, and not 'UK'\./],
  ])('says in one sentence what is wrong with %j', (words, sentence) => {
    expect(() => readArguments(words)).toThrow(LocalError);
    expect(() => readArguments(words)).toThrow(sentence);
  });
});
