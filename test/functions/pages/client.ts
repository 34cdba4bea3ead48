import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { launchBrowser } from '../../../infra/tools/pictures/browser.ts';
import { press, typeInto } from './keyboard.ts';
import { jane, openPortal, type Portal } from './portal.ts';

export const firstPassword = 'a quiet green kettle';
export const secondPassword = 'nine lamps by the river';

/** Jane with a browser of her own, on a portal of its own for each test. */
export class Client {
  private browser: Browser | undefined;
  private opened: { readonly portal: Portal; page: Page } | undefined;

  get portal(): Portal {
    if (!this.opened) throw new Error('No test is running.');
    return this.opened.portal;
  }
  get page(): Page {
    if (!this.opened) throw new Error('No test is running.');
    return this.opened.page;
  }

  /** Her browser for the file, its first page for each test. */
  constructor() {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    beforeAll(async () => {
      this.browser = await launchBrowser();
    });
    beforeEach(async () => {
      this.opened = { portal: await openPortal(), page: await this.openBrowser() };
    });
    afterEach(async () => {
      await Promise.all(this.browser?.contexts().map((context) => context.close()) ?? []);
      this.opened?.portal.close();
    });
    afterAll(() => this.browser?.close());
  }

  /** A page of another browser, which knows nothing of the first. */
  async openBrowser(options: BrowserContextOptions = {}): Promise<Page> {
    if (!this.browser) throw new Error('No test is running.');
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(120_000);
    return context.newPage();
  }

  /** Goes on with another browser. */
  async switchTo(options: BrowserContextOptions): Promise<void> {
    const page = await this.openBrowser(options);
    if (this.opened) this.opened.page = page;
  }

  /** The path and query in the address bar. */
  get address(): string {
    const { pathname, search } = new URL(this.page.url());
    return pathname + search;
  }

  async goTo(path: string): Promise<void> {
    await this.page.goto(this.portal.origin + path);
  }

  /** Follows the invitation, up to the login page. */
  async createAccount(): Promise<void> {
    await this.page.goto(await this.portal.invite());
    await typeInto(this.page, 'Choose a password', firstPassword);
    await press(this.page, 'Create my account');
  }

  async logInAt(password: string): Promise<void> {
    await this.goTo('/login');
    await this.logIn(password);
  }

  async logIn(password: string): Promise<void> {
    await this.page.getByLabel('Email address').fill(jane.email);
    await typeInto(this.page, 'Password', password);
    await press(this.page, 'Login');
  }

  heading = (page = this.page) => page.getByRole('heading', { level: 1 }).textContent();
  notice = () => this.page.getByRole('status').textContent();
  problems = () => this.page.locator('.summary a').allTextContents();
}
