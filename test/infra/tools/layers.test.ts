import { expect, it } from 'vitest';
import { problemsIn } from '../../../infra/tools/check-layers.ts';

const tree = (files: Record<string, string>) => problemsIn(new Map(Object.entries(files)));

it('lets a layer import the ones below it', () => {
  expect(
    tree({
      'functions/sessions/routes.ts': "import { signIn } from '../../shared/account/sign-in.ts';",
      'shared/account/sign-in.ts': "import type { Contact } from '../contact/contact.ts';",
      'shared/contact/contact.ts': "import { a } from './links.ts';",
      'shared/contact/links.ts': '',
    }),
  ).toEqual([]);
});

it.each([
  ['up', 'shared/contact/a.ts', '../reset/b.ts'],
  ['up, for a type', 'shared/core/a.ts', '../contact/b.ts'],
  ['up, at run time', 'shared/email/a.ts', '../pages/b.ts'],
  ['sideways', 'shared/outbox/a.ts', '../account/b.ts'],
  ['another function', 'functions/pages/a.ts', '../sessions/b.ts'],
  ['tests', 'infra/stacks/a.ts', '../../test/support/b.ts'],
  ['functions, from the stacks', 'infra/stacks/a.ts', '../../functions/pages/b.ts'],
])('names an import that goes %s', (how, from, to) => {
  const text = how.endsWith('time')
    ? `await import('${to}');`
    : `import ${how.endsWith('type') ? 'type ' : ''}{\n  b,\n} from '${to}';`;
  expect(tree({ [from]: text })).toEqual([expect.stringContaining(`${from} must not import`)]);
});

it('names folders that import each other, through others too', () => {
  const problems = tree({
    'infra/local/a/one.ts': "import { two } from '../b/two.ts';",
    'infra/local/b/two.ts': "import { three } from '../c/three.ts';",
    'infra/local/c/three.ts': "import { one } from '../a/one.ts';",
  });
  expect(problems).toEqual([expect.stringContaining('Folders import each other')]);
});

it('names a file that stands nowhere', () => {
  expect(tree({ 'shared/utils/a.ts': '' })).toEqual([expect.stringContaining('is in no layer')]);
});
