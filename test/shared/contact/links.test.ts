import { describe, expect, it } from 'vitest';
import { storedContact } from '../../../shared/aws/contacts.ts';
import { type Contact, unknownContact } from '../../../shared/contact/contact.ts';
import { withLink } from '../../../shared/contact/links.ts';
import { renewableUntil } from '../../../shared/contact/request-email.ts';
import { regionOf } from '../../support/dependencies.ts';

const now = 1_000;
type Link = Contact['links'][number];
const link = (hash: string, more: Partial<Link> = {}): Link => ({
  purpose: 'invitation',
  hash,
  expiresAt: now + 1,
  ...more,
});
const added = (links: readonly Link[], next: Link): string[] =>
  withLink({ ...unknownContact('C-1'), links: [...links] }, next, now).links.map(
    ({ hash }) => hash,
  );

describe('one link more than three', () => {
  it.each<[string, Link[], string[]]>([
    ['an expired one', [link('a'), link('b', { expiresAt: now }), link('c')], ['a', 'c', 'new']],
    [
      'one that anybody asked for',
      [link('a'), link('b', { requested: true }), link('c')],
      ['a', 'c', 'new'],
    ],
    ['the oldest', [link('a'), link('b'), link('c')], ['b', 'c', 'new']],
    [
      'none of another purpose',
      [link('a', { purpose: 'reset' }), link('b'), link('c')],
      ['a', 'b', 'c', 'new'],
    ],
  ])('pushes out %s', (_, links, remaining) => {
    expect(added(links, link('new'))).toEqual(remaining);
  });
});

it('a record from before known browsers and sending dates is read', () => {
  const { devices: _, ...before } = unknownContact('C-1');
  expect(storedContact({ contact: before }).devices).toEqual([]);
  const { limits } = regionOf('AU');
  expect(renewableUntil({ invitedAt: 5 }, limits)).toBe(5 + 30 * 86_400_000);
});
