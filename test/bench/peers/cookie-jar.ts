/** What one browser keeps of one system, and sends with each request. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();
  readonly #headers = new Map<string, string>();

  /** A header that is sent from now on. */
  send(name: string, value: string): void {
    this.#headers.set(name, value);
  }

  /** The headers of a request. */
  headers(): Record<string, string> {
    const pairs = [...this.#cookies].map(([name, value]) => `${name}=${value}`);
    return {
      ...(pairs.length > 0 && { cookie: pairs.join('; ') }),
      ...Object.fromEntries(this.#headers),
    };
  }

  /** Keeps what an answer sets. */
  keep(setCookies: readonly string[]): void {
    for (const line of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}
