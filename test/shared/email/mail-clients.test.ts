import { caniemail } from 'caniemail';
import { HtmlValidate } from 'html-validate';
import { expect, it } from 'vitest';
import { composeEmail } from '../../../shared/email/compose/compose-email.ts';
import { everyLetter } from './letters.ts';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Mail clients drop style elements, and Outlook for Windows reads measures from attributes.
    'no-inline-style': 'off',
    'no-deprecated-attr': 'off',
    // Some mail clients know 'presentation' and not yet its newer name 'none'.
    'presentation-role-style': 'off',
    // The parser adds it, and layout tables have no heads or feet to tell it from.
    'prefer-tbody': 'off',
  },
});

/** What some of these clients do not know, and why the email is as good without it there. */
const dispensable = [
  'display:none', // The preheader: its sentence is read twice.
  'color-scheme CSS property', // Clients that lack it choose the colours of dark mode themselves.
  'color-scheme meta tag',
  '@media', // The layout bends to any width; the light look is inlined.
  '<style> element', // Holds nothing but the dark look and a narrower margin.
  '<body> element', // Replaced by a div; the outermost table has the same background.
  'border-radius', // Corners are square in Outlook for Windows.
  'role attribute', // Windows Mail, retired: a layout table is read as a table.
  'word-break', // Windows Mail, retired: a very long name widens the email.
];

it.each(everyLetter)('$kind in $code is valid HTML', async ({ letter }) => {
  const report = await validator.validateString(composeEmail(letter).html);
  expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual(
    [],
  );
});

it.each(everyLetter)('$kind in $code uses what mail clients know', ({ letter }) => {
  const clients = ['gmail.*', 'outlook.*', 'apple-mail.*'] as const;
  const { issues } = caniemail({ clients: [...clients], html: composeEmail(letter).html });
  const unknown = [...issues.errors.values()].flat().map(({ title }) => title);
  expect(unknown.filter((title) => !dispensable.includes(title))).toEqual([]);
});
