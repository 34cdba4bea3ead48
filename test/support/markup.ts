import { HtmlValidate } from 'html-validate';

const checker = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // Everything comes from the page's own origin.
    'require-sri': ['error', { target: 'crossorigin' }],
    // Boxes of a selection share a name.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
    // A title says what the API says, in a sentence.
    'long-title': ['error', { maxlength: 100 }],
    // The stylesheet keeps a number on one line; the text stays as the region's row has it.
    'tel-non-breaking': 'off',
  },
});

/** What html-validate finds wrong with a page. */
export const markupFindings = async (page: string): Promise<string[]> => {
  const { results } = await checker.validateString(page);
  return results.flatMap(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line}: ${message} (${ruleId})`),
  );
};
