import type { Call } from './proxy.ts';
import { tagPattern } from './stage.ts';

/** Tells which contact a call of AWS is about. */
export class Whom {
  /** Names of Cognito users and hashes, by which some calls name a contact. */
  private readonly aliases = new Map<string, string>();

  /** The contact's tag; undefined for a call that names nobody. */
  about({ body }: Call): string | undefined {
    const [tag] = tagPattern.exec(body) ?? [];
    if (tag === undefined) {
      const names = body.match(/[\w-]{20,}/g) ?? [];
      return names.map((name) => this.aliases.get(name)).find((known) => known !== undefined);
    }
    for (const [, name = ''] of body.matchAll(/"(?:username|hash)":\{"S":"([^"]+)"\}/g)) {
      this.aliases.set(name, tag);
    }
    return tag;
  }

  /** Every Cognito user that a write about the contact named, in lower case. */
  readonly usersOf = (tag: string): string[] =>
    [...this.aliases].flatMap(([name, about]) => (about === tag ? [name.toLowerCase()] : []));
}
