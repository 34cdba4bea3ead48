import { describe, expect, it } from 'vitest';
import { matches } from '../../../infra/local/emulators/events/filter.ts';

const event = {
  eventName: 'INSERT',
  dynamodb: { NewImage: { pending: { N: '1' }, pk: { S: 'CONTACT#7' } } },
};

describe('an event filter', () => {
  it.each([
    [{ eventName: ['INSERT', 'MODIFY'] }, true],
    [{ eventName: ['REMOVE'] }, false],
    [{ dynamodb: { NewImage: { pending: { N: [{ exists: true }] } } } }, true],
    // A filter matches the value's type too: this attribute is no string.
    [{ dynamodb: { NewImage: { pending: { S: [{ exists: true }] } } } }, false],
    [{ dynamodb: { NewImage: { done: { S: [{ exists: false }] } } } }, true],
    // `exists` is about leaves: a table of fields is none.
    [{ dynamodb: { NewImage: { pending: [{ exists: true }] } } }, false],
    [{ dynamodb: { NewImage: { pk: { S: [{ prefix: 'CONTACT#' }] } } } }, true],
    [{ dynamodb: { NewImage: { pk: { S: [{ prefix: 'REQUEST#' }] } } } }, false],
    [{ dynamodb: { NewImage: { pk: { S: [{ suffix: '#7' }] } } } }, true],
    [{ eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
    [{ eventName: [{ 'anything-but': { prefix: 'INS' } }] }, false],
    [{ eventName: [{ 'equals-ignore-case': 'insert' }] }, true],
    [{ eventName: ['INSERT'], dynamodb: { NewImage: { pk: { S: ['other'] } } } }, false],
  ])('%j', (pattern, isMatch) => {
    expect(matches(pattern, event)).toBe(isMatch);
  });

  it('of a kind not known here is no silent match', () => {
    expect(() => matches({ eventName: [{ numeric: ['>', 1] }] }, event)).toThrow("'numeric'");
  });
});
