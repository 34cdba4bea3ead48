import { type Clock, dateClock } from '../../host/clock.ts';
import type { Functions } from '../lambda/functions.ts';
import type { SesEvent } from '../ses/events.ts';
import type { Queues } from '../sqs/queues.ts';
import { type Mapping, mappingsOf, schedulesOf } from '../template/events.ts';
import { asyncSettingsOf } from '../template/functions.ts';
import { mailOf } from '../template/mail.ts';
import type { Stack } from '../template/stack.ts';
import { EventSource } from './event-source.ts';
import { invokeAndRetry } from './nobody-waits.ts';
import { notification, scheduledEvent } from './notification.ts';
import { QueueSource } from './queue-source.ts';

/** `deliveryDelay` of a template is `DeliveryDelay` in an event, `renderingFailure` has a space. */
const isOfType = (wanted: string, { eventType }: SesEvent): boolean =>
  wanted.toLowerCase() === eventType.replace(' ', '').toLowerCase();

type Schedule = {
  readonly everyMs: number;
  readonly run: () => void;
};

/** Everything that happens without a request: streams, queues, schedules, notifications. */
export class Wiring {
  private readonly functions: Functions;
  private readonly queues: Queues;
  private readonly newClock: () => Clock;
  private readonly sources = new Map<string, EventSource[]>();
  private readonly queueSources: QueueSource[] = [];
  private readonly listeners: ((configurationSet: string, event: SesEvent) => void)[] = [];
  private readonly schedules: Schedule[] = [];
  private alone = 0;
  private isStopped = false;

  /** @param newClock for each stream, schedule and notification; a queue has its own time */
  constructor(functions: Functions, queues: Queues, newClock = () => dateClock) {
    this.functions = functions;
    this.queues = queues;
    this.newClock = newClock;
  }

  /** Connects what the stack connects. */
  connect(stack: Stack): void {
    for (const mapping of mappingsOf(stack)) {
      if (mapping.EventSourceArn.startsWith('arn:aws:sqs:')) {
        this.connectQueue(mapping, stack.place.region);
        continue;
      }
      const source = new EventSource({
        mapping,
        clock: this.newClock(),
        invoke: this.functions.invoke(mapping.FunctionName),
        giveUp: (destination, message) => this.queues.send(destination, message),
      });
      const known = this.sources.get(mapping.EventSourceArn) ?? [];
      this.sources.set(mapping.EventSourceArn, [...known, source]);
    }
    this.connectMail(stack);
    this.connectSchedules(stack);
  }

  /** The mappings of a stream. */
  sourcesOf(streamArn: string): readonly EventSource[] {
    return this.sources.get(streamArn) ?? [];
  }

  publish(configurationSet: string, event: SesEvent): void {
    for (const listener of this.listeners) listener(configurationSet, event);
  }

  /** What has come due when the clock was moved, or is in the queues from a former run. */
  catchUp(milliseconds: number): void {
    for (const { everyMs, run } of this.schedules) if (milliseconds >= everyMs) run();
    for (const source of this.queueSources) source.poll();
  }

  /** Whether no function runs for any of these, and nothing but messages of queues waits for one. */
  get isIdle(): boolean {
    const sources = [...[...this.sources.values()].flat(), ...this.queueSources];
    return this.alone === 0 && sources.every(({ isIdle }) => isIdle);
  }

  stop(): void {
    this.isStopped = true;
    for (const sources of this.sources.values()) for (const source of sources) source.stop();
    for (const source of this.queueSources) source.stop();
  }

  private connectQueue(mapping: Mapping, region: string): void {
    const queue = this.queues.queue(mapping.EventSourceArn);
    const invoke = this.functions.invoke(mapping.FunctionName);
    this.queueSources.push(new QueueSource({ mapping, queue, region, invoke, clock: dateClock }));
  }

  private connectMail(stack: Stack): void {
    const { destinations, subscriptions } = mailOf(stack);
    this.listeners.push((configurationSet, event) => {
      for (const destination of destinations) {
        const isWanted =
          destination.configurationSet === configurationSet &&
          destination.eventTypes.some((type) => isOfType(type, event));
        if (!isWanted) continue;
        for (const { topicArn, functionArn } of subscriptions) {
          if (topicArn !== destination.topicArn) continue;
          void this.runAlone(stack, functionArn, notification(topicArn, event, Date.now()));
        }
      }
    });
  }

  private connectSchedules(stack: Stack): void {
    const { region, account } = stack.place;
    for (const { name, everySeconds, functionArn } of schedulesOf(stack)) {
      const clock = this.newClock();
      const run = () => {
        const event = scheduledEvent(name, region, account, clock.now());
        void this.runAlone(stack, functionArn, event);
      };
      const schedule = { everyMs: everySeconds * 1_000, run };
      this.schedules.push(schedule);
      void this.repeat(schedule, clock);
    }
  }

  private async repeat({ everyMs, run }: Schedule, clock: Clock): Promise<void> {
    for (;;) {
      await clock.wait(everyMs);
      if (this.isStopped) return;
      run();
    }
  }

  private async runAlone(stack: Stack, functionArn: string, event: unknown): Promise<void> {
    this.alone += 1;
    await invokeAndRetry(event, {
      ...asyncSettingsOf(stack, functionArn.slice(functionArn.lastIndexOf(':') + 1)),
      functionArn,
      invoke: this.functions.invoke(functionArn),
      clock: this.newClock(),
      giveUp: (destination, message) => this.queues.send(destination, message),
    }).finally(() => {
      this.alone -= 1;
    });
  }
}
