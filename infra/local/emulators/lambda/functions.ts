import { join } from 'node:path';
import { LocalError } from '../../host/local-error.ts';
import type { FunctionDefinition } from '../template/functions.ts';
import { accessKeyOf, type Endpoints } from './environment.ts';
import { LocalFunction } from './function.ts';
import type { Invoke } from './outcome.ts';

/** Who makes a call of AWS: a function of a region. */
export type Caller = { readonly region: string; readonly function: string };

/** All functions of a run, by their ARNs and by the names the project gives them. */
export class Functions {
  private readonly byArn = new Map<string, LocalFunction>();
  private readonly byName = new Map<string, LocalFunction>();
  private readonly callers = new Map<string, Caller>();
  private readonly logs: string;

  constructor(logs: string) {
    this.logs = logs;
  }

  /** `portal-local-au-pages` is `pages` of AU. */
  add(region: string, definition: FunctionDefinition, endpoints: Endpoints): void {
    const { name, arn } = definition;
    const short = name.split(`-${region.toLowerCase()}-`)[1] ?? name;
    const logFile = join(this.logs, `${region}-${short}.log`);
    const added = new LocalFunction(definition, { endpoints, logFile });
    this.byArn.set(arn, added).set(name, added);
    this.byName.set(`${region} ${short}`, added);
    this.callers.set(accessKeyOf(name), { region, function: short });
  }

  /** @throws LocalError for a function that no template has */
  invoke(arnOrName: string): Invoke {
    const found = this.byArn.get(arnOrName);
    if (!found) throw new LocalError(`The templates have no function ${arnOrName}.`);
    return found.invoke;
  }

  /** @throws LocalError for a function that no template has */
  named(region: string, name: string): LocalFunction {
    const found = this.byName.get(`${region} ${name}`);
    if (!found) throw new LocalError(`${region} has no function ${name}.`);
    return found;
  }

  callerOf(accessKeyId: string): Caller | undefined {
    return this.callers.get(accessKeyId);
  }

  /** Bytes in use on the heaps of all that run. */
  async heapUsed(): Promise<number> {
    const each = await Promise.all([...this.byName.values()].map((one) => one.heapUsed()));
    return each.reduce((sum, bytes) => sum + bytes, 0);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.byName.values()].map((one) => one.stop()));
  }
}
