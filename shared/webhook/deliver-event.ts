import type { CoreDependencies } from '../core/dependencies.ts';
import type { PortalEvent } from '../events/event.ts';
import type { Answer, Receiver, SigningSecrets } from './receiver.ts';
import { signedHeaders } from './signature.ts';

export type DeliveryDependencies = Pick<CoreDependencies, 'now'> & {
  readonly secrets: SigningSecrets;
  readonly receiver: Receiver;
};

/**
 * Sends an event once. The id is the event's own, the same at every attempt; time and signatures are
 * of this one.
 * @throws when there is no secret to sign with
 */
export const deliverEvent = async (
  { now, secrets, receiver }: DeliveryDependencies,
  event: PortalEvent,
): Promise<Answer> => {
  const body = JSON.stringify(event);
  const signed = signedHeaders({ id: event.id, at: now(), body }, await secrets.find());
  return receiver.post(body, { ...signed, 'Content-Type': 'application/json' });
};
