import * as z from 'zod/mini';
import { json } from '../../host/answer.ts';
import { type HttpServer, openServer } from '../../host/http-server.ts';
import { LocalError } from '../../host/local-error.ts';
import type { Intercept } from '../aws-call.ts';
import { matches } from '../events/filter.ts';
import { mayPut } from '../iam/queue-policy.ts';
import { jsonService } from '../json-service.ts';
import { type BusRule, busRulesOf } from '../template/events.ts';
import type { Stack } from '../template/stack.ts';
import { type BusEvent, putEvents } from './put-events.ts';

const busSchema = z.object({ Name: z.string() });

type Settings = {
  readonly now?: () => number;
  /** Takes an event for a rule's target. */
  readonly handOn: (targetArn: string, event: BusEvent) => void;
};

/** A stand-in for EventBridge: the buses of a run, which take events and keep what they took. */
export class EventBuses {
  private readonly settings: Settings;
  /** The account of each, by its name. */
  private readonly accounts = new Map<string, string>();
  private readonly rules: BusRule[] = [];
  /** Everything that came to the buses, oldest first. */
  private readonly taken: BusEvent[] = [];

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /**
   * Makes the buses of a stack, and their rules.
   * @throws LocalError for a rule that its target does not let in: AWS would drop the events
   */
  async connect(stack: Stack): Promise<void> {
    for (const { properties } of stack.resources('AWS::Events::EventBus', busSchema)) {
      this.accounts.set(properties.Name, stack.place.account);
    }
    for (const rule of busRulesOf(stack)) {
      for (const queueArn of rule.targetArns) {
        if (await mayPut(stack, rule.arn, queueArn)) continue;
        throw new LocalError(`The policy of ${queueArn} does not let ${rule.arn} put events in.`);
      }
      this.rules.push(rule);
    }
  }

  /**
   * Takes events as AWS does; `GET /events?after=7` shows people those after the seventh.
   * @throws LocalError if the port can't be had
   */
  async serve(port: number, intercept: Intercept): Promise<HttpServer> {
    const server = await openServer(port, 'the EventBridge stand-in');
    const take = jsonService({
      service: 'events',
      version: '1.1',
      intercept,
      operation: (action) =>
        action === 'PutEvents' ? (input, { region }) => this.put(input, region) : undefined,
    });
    server.serve((request, body) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', server.url);
      return request.method === 'GET' && pathname === '/events'
        ? json(200, this.taken.slice(Number(searchParams.get('after') ?? 0)))
        : take(request, body);
    });
    return server;
  }

  private put(input: unknown, region: string) {
    return putEvents(input, {
      region,
      now: this.settings.now ?? Date.now,
      accountOf: (bus) => this.accounts.get(bus),
      deliver: (bus, event) => this.deliver(bus, event),
    });
  }

  private deliver(bus: string, event: BusEvent): void {
    this.taken.push(event);
    for (const { pattern, targetArns, ...rule } of this.rules) {
      if (rule.bus !== bus || !matches(pattern, event)) continue;
      for (const arn of targetArns) this.settings.handOn(arn, event);
    }
  }
}
