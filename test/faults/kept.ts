import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Played } from './table.ts';

type Result = Omit<Played, 'secrets'>;
type Line =
  | { readonly played: Result }
  | { readonly minutes: number; readonly leaks: readonly string[] };

/** What runs of the table found, in a file of JSON lines if one is named. */
export class Kept {
  private readonly file: string | undefined;
  private readonly results = new Map<string, Result>();
  readonly leaks: string[] = [];
  minutes = 0;

  constructor(file: string | undefined) {
    this.file = file;
    if (!file || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').trim().split('\n')) this.take(JSON.parse(line));
  }

  get played(): readonly Result[] {
    return [...this.results.values()];
  }

  has(name: string): boolean {
    return this.results.has(name);
  }

  /** Secrets are not kept. */
  add({ secrets: _, ...played }: Played): void {
    this.write({ played });
  }

  /** A run ended, after so many minutes. */
  ended(minutes: number, leaks: readonly string[]): void {
    this.write({ minutes, leaks });
  }

  private write(line: Line): void {
    this.take(line);
    if (this.file) appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }

  private take(line: Line): void {
    if ('played' in line) {
      this.results.set(line.played.name, line.played);
      return;
    }
    this.minutes += line.minutes;
    this.leaks.push(...line.leaks);
  }
}
