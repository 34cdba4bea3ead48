import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pass } from '../../infra/local/host/forward.ts';
import type { Local } from '../../infra/local/local.ts';
import type { Heard } from './proxy.ts';

/**
 * The CRM's end of the webhook: too busy whenever an event comes for the first time, so that the
 * queue has to hold it. The local run's own receiver, which it stands in front of, verifies signatures.
 */
export class BusyReceiver {
  /** What the receiver took, once for each time. */
  readonly taken: Heard[] = [];
  private readonly seen = new Set<string>();
  private readonly server: Server;
  private behind = '';

  private constructor() {
    this.server = createServer(async (request, response) => {
      const body = await text(request);
      const status = await this.take(request.url ?? '', request.headers, body).catch(() => 502);
      response.writeHead(status).end();
    });
  }

  static async open(): Promise<BusyReceiver> {
    const receiver = new BusyReceiver();
    await new Promise<void>((listening) => {
      receiver.server.listen(0, '127.0.0.1', listening);
    });
    return receiver;
  }

  urlOf(region: string): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/webhooks/${region}`;
  }

  attach(local: Local): void {
    this.behind = local.run.webhookReceiver;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private async take(
    path: string,
    headers: Parameters<typeof pass>[2],
    body: string,
  ): Promise<number> {
    const event = JSON.parse(body) as Heard;
    if (!this.seen.has(event.id)) {
      this.seen.add(event.id);
      return 503;
    }
    const { status } = await pass(`${this.behind}${path}`, 'POST', headers, Buffer.from(body));
    if (status === 204) this.taken.push(event);
    return status;
  }
}
