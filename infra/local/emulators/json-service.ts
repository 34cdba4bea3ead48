import type { Handler } from '../host/answer.ts';
import {
  type AwsCall,
  AwsError,
  type Intercept,
  jsonProtocol,
  readJson,
  signerOf,
  targetOf,
} from './aws-call.ts';

/** Who called, and for which AWS region. */
export type Signer = ReturnType<typeof signerOf>;
type Operation = (input: unknown, signer: Signer) => unknown;

type Settings = {
  readonly service: AwsCall['service'];
  readonly version: '1.0' | '1.1';
  readonly intercept: Intercept;
  /** What AWS calls an operation that there is not. */
  readonly unknown?: string;
  /** @returns undefined for an operation that is not part of this stand-in */
  readonly operation: (action: string) => Operation | undefined;
};

/** Answers the calls of an emulated service that speaks one of AWS's JSON protocols. */
export const jsonService = (settings: Settings): Handler => {
  const { service, intercept, operation, unknown = 'UnknownOperationException' } = settings;
  const { answer, guarded } = jsonProtocol(settings.version);
  return (request, body) =>
    guarded(async () => {
      const signer = signerOf(request);
      const action = targetOf(request);
      const perform = operation(action);
      if (!perform) throw new AwsError(unknown, `${action} is not part of this stand-in.`);
      const input = readJson(body);
      return intercept({ service, action, input, ...signer }, () =>
        guarded(async () => answer(200, await perform(input, signer))),
      );
    });
};
