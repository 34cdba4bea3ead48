import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Send } from './systems.ts';

export type Usage = {
  readonly cpu: number;
  readonly storageCalls: number;
  readonly memory: number;
};
type Message = {
  readonly port?: number;
  readonly imported?: number;
  readonly email?: { readonly to: string; readonly secret: string };
  readonly used?: Usage;
};

const script = fileURLToPath(new URL('./serve.mjs', import.meta.url));

/** One of the systems in a process of its own: how to ask it, and what it used. */
export class Server {
  /** Milliseconds that its code took to load. */
  readonly imported: number;
  readonly #process: ChildProcess;
  readonly #port: number;
  readonly #emails = new Map<string, string>();
  readonly #agent = new Agent({ keepAlive: true });
  #told: ((used: Usage) => void) | undefined;

  private constructor(child: ChildProcess, { port = 0, imported = 0 }: Message) {
    this.#process = child;
    this.#port = port;
    this.imported = imported;
    child.on('message', ({ email, used }: Message) => {
      if (email) this.#emails.set(email.to, email.secret);
      if (used) this.#told?.(used);
    });
  }

  static async start(module: string, env: NodeJS.ProcessEnv): Promise<Server> {
    const child = fork(script, [module], { env });
    const [message] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error(`${module} did not start.`);
      }),
    ])) as [Message];
    return new Server(child, message);
  }

  /** What was last emailed to an address: a link's token or a code. */
  secretTo(address: string): string {
    return this.#emails.get(address) ?? '';
  }

  used(): Promise<Usage> {
    const { promise, resolve } = Promise.withResolvers<Usage>();
    this.#told = resolve;
    this.#process.send('used');
    return promise;
  }

  readonly send: Send = async (jar, method, path, body) => {
    const isForm = body instanceof URLSearchParams;
    const content = body && (isForm ? String(body) : JSON.stringify(body));
    const sent = request({
      ...{ host: '127.0.0.1', port: this.#port, agent: this.#agent, method, path },
      headers: {
        ...jar.headers(),
        ...(content && {
          'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
          'content-length': Buffer.byteLength(content),
        }),
      },
    });
    sent.end(content);
    const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
    jar.keep(response.headers['set-cookie'] ?? []);
    const { statusCode: status = 0, headers } = response;
    return { status, location: headers.location ?? '', text: await text(response) };
  };

  stop(): void {
    this.#agent.destroy();
    this.#process.kill();
  }
}
