import { onTestFinished, vi } from 'vitest';

/** A line that a function wrote to its log. */
export type LogLine = Readonly<Record<string, unknown>>;

/** The lines of JSON in a log. */
export const linesIn = (text: string): LogLine[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine);

/** What is written to the log during this test, as it comes. */
export const captureLog = (): { readonly lines: readonly LogLine[] } => {
  const lines: LogLine[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    lines.push(...linesIn(String(chunk)));
    return true;
  });
  onTestFinished(() => spy.mockRestore());
  return { lines };
};

/** The metrics among them, with what was counted of each. */
export const counted = (lines: readonly LogLine[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { _aws, Function: _, ...metrics } of lines) {
    if (!_aws) continue;
    for (const [name, value] of Object.entries(metrics)) {
      counts[name] = (counts[name] ?? 0) + Number(value);
    }
  }
  return counts;
};
