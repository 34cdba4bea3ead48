import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The queues of what could not be carried out: lists to look at, and a file of JSON lines each, for
 * people.
 */
export class Queues {
  private readonly folder: string;
  private readonly messages = new Map<string, unknown[]>();

  constructor(folder: string) {
    this.folder = folder;
  }

  send(arn: string, message: unknown): void {
    const name = arn.slice(arn.lastIndexOf(':') + 1);
    this.messages.set(name, [...(this.messages.get(name) ?? []), message]);
    mkdirSync(this.folder, { recursive: true });
    appendFileSync(join(this.folder, `${name}.jsonl`), `${JSON.stringify(message)}\n`);
  }

  /** The messages of a queue, oldest first. */
  in(name: string): readonly unknown[] {
    return this.messages.get(name) ?? [];
  }

  dump(): unknown {
    return Object.fromEntries(this.messages);
  }
}
