import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterEvent, type Delivery, deliveryStates } from '../../../shared/email/delivery.ts';

const told: fc.Arbitrary<Delivery> = fc.record({
  emailId: fc.constantFrom('01A', '01B', '01C'),
  kind: fc.constant('invitation' as const),
  state: fc.constantFrom(...deliveryStates),
  at: fc.integer({ min: 0, max: 3 }),
  detail: fc.constantFrom('one', 'two'),
});

const afterAll = (events: readonly Delivery[]): Delivery | undefined =>
  events.reduce<Delivery | undefined>(afterEvent, undefined);

it('what is known of an email does not depend on order or repetition', () => {
  const shuffled = fc
    .array(told, { minLength: 1, maxLength: 8 })
    .chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray([...events, ...events, ...events], { minLength: events.length * 3 }),
      ),
    );
  fc.assert(
    fc.property(shuffled, ([events, again]) => {
      expect(afterAll(again)).toEqual(afterAll(events));
    }),
  );
});

it('a bounce outranks a delivery, and a complaint both', () => {
  const of = (state: Delivery['state'], at: number): Delivery => ({
    emailId: '01A',
    kind: 'invitation',
    state,
    at,
  });
  const late = [of('complained', 1), of('bounced', 2), of('delivered', 3), of('sent', 4)];
  expect(afterAll(late)?.state).toBe('complained');
  expect(afterAll(late.slice(1))?.state).toBe('bounced');
  expect(afterAll([of('delivered', 1), of('delayed', 2)])?.state).toBe('delivered');
});
