import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ahead } from '../../host/run-clock.ts';
import { machineNow } from '../../host/shifted-date.ts';
import type { FunctionDefinition } from '../template/functions.ts';
import { type Endpoints, environmentOf } from './environment.ts';
import type { Answered, Asked, Loaded } from './messages.ts';
import type { Invoke, Outcome } from './outcome.ts';

type Settings = {
  readonly endpoints: Endpoints;
  /** Where what it prints is appended. */
  readonly logFile: string;
  /** After so long without a call its worker is stopped, which frees its memory. */
  readonly idleMs?: number;
};

type Running = {
  readonly worker: Worker;
  readonly asked: Map<string, (outcome: Outcome) => void>;
};

const failed = (name: string, message: string): Outcome => {
  const error = new Error(message);
  error.name = name;
  return { error };
};

const stopped = 'The function was stopped.';

/** The objects of a request fit into this; V8's own choice would triple the memory of a run. */
const youngGenerationInMb = 4;

/**
 * One Lambda function: the deployed bundle in a thread that is started at the first call. One
 * worker takes all calls, interleaved; its time limit ends the worker, and with it whatever else
 * runs there, so that nothing can act later than Lambda would let it.
 */
export class LocalFunction {
  private readonly definition: FunctionDefinition;
  private readonly settings: Settings;
  private running: Running | undefined;
  private idle: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(definition: FunctionDefinition, settings: Settings) {
    this.definition = definition;
    this.settings = settings;
    mkdirSync(dirname(settings.logFile), { recursive: true });
  }

  readonly invoke: Invoke = (event) => {
    if (this.isStopped) return Promise.resolve(failed('Runtime.ExitError', stopped));
    const running = this.running ?? this.start();
    this.running = running;
    const { timeoutSeconds } = this.definition;
    const asked: Asked = {
      id: randomUUID(),
      event: JSON.stringify(event),
      deadline: machineNow() + timeoutSeconds * 1_000,
    };
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.log(`Task timed out after ${timeoutSeconds.toFixed(2)} seconds\n`);
        finish(failed('Sandbox.Timedout', `Task timed out after ${timeoutSeconds} seconds`));
        void this.end(running, 'Another call of this function timed out.');
      }, timeoutSeconds * 1_000);
      const finish = (outcome: Outcome) => {
        clearTimeout(timer);
        running.asked.delete(asked.id);
        this.rest();
        resolve(outcome);
      };
      running.asked.set(asked.id, finish);
      running.worker.postMessage(asked);
    });
  };

  /** Ends its worker, as when Lambda loses an execution environment; the next call starts another. */
  async kill(): Promise<void> {
    if (this.running) await this.end(this.running, 'The function was killed.');
  }

  /** Bytes in use on the heap of its worker; 0 without one. */
  async heapUsed(): Promise<number> {
    const statistics = await this.running?.worker.getHeapStatistics().catch(() => undefined);
    return statistics?.used_heap_size ?? 0;
  }

  /** Ends it for good. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.idle);
    if (this.running) await this.end(this.running, stopped);
  }

  private start(): Running {
    const { folder, handler, name, arn, memoryInMb } = this.definition;
    const loaded: Loaded = { folder, handler, name, arn, memoryInMb, ahead };
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: loaded,
      env: environmentOf(this.definition, this.settings.endpoints),
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: memoryInMb,
        maxYoungGenerationSizeMb: youngGenerationInMb,
      },
    });
    const running: Running = { worker, asked: new Map() };
    const log = (chunk: Buffer) => this.log(chunk.toString());
    worker.stdout.on('data', log);
    worker.stderr.on('data', log);
    worker.on('message', (answered: Answered) => {
      const finish = running.asked.get(answered.id);
      if ('result' in answered) finish?.({ result: JSON.parse(answered.result) });
      else {
        this.log(`${answered.error.stack}\n`);
        finish?.(failed(answered.error.name, answered.error.message));
      }
    });
    worker.on('error', (error) => {
      this.log(`${String(error)}\n`);
      void this.end(running, 'The function crashed.');
    });
    worker.on('exit', () => void this.end(running, 'The function exited.'));
    return running;
  }

  private async end(running: Running, why: string): Promise<void> {
    if (this.running === running) this.running = undefined;
    for (const finish of [...running.asked.values()]) finish(failed('Runtime.ExitError', why));
    await running.worker.terminate();
  }

  private rest(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      if (this.running?.asked.size === 0) void this.end(this.running, stopped);
    }, this.settings.idleMs ?? 300_000);
    this.idle.unref();
  }

  private log(text: string): void {
    appendFileSync(this.settings.logFile, text);
  }
}
