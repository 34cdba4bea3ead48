import { html, raw } from 'hono/html';
import type { EmailCopy } from './copy.ts';
import type { Styles } from './html-styles.ts';

export type Markup = ReturnType<typeof html>;

export const lines = (parts: readonly Markup[]): Markup => raw(parts.map(String).join('\n'));

/** Outlook for Windows lays out by tables only, and reads their measures from attributes. */
export const table = (rows: Markup, width = 'auto', style = ''): Markup =>
  html`<table role="presentation" border="0" cellspacing="0" cellpadding="0" width="${width}" style="${style}">
${rows}
</table>`;

export const row = (name: string, style: string, content: Markup): Markup =>
  html`<tr><td class="${name}" style="${style}">
${content}
</td></tr>`;

/** What an email is put together from, in the styles of its region. */
export const elementsIn = (styles: Styles) => {
  const text = (words: string): Markup => html`<p class="ink" style="${styles.text}">${words}</p>`;

  const small = (words: string | Markup): Markup =>
    html`<p class="soft" style="${styles.small}">${words}</p>`;

  const strong = (words: string): Markup =>
    html`<strong class="ink" style="${styles.strong}">${words}</strong>`;

  const link = (label: string, to: string): Markup =>
    html`<a class="link" href="${to}" style="${styles.link}">${label}</a>`;

  const button = ({ label, to }: NonNullable<EmailCopy['button']>): Markup =>
    table(
      row(
        'gap',
        styles.gap,
        table(
          row(
            'button',
            styles.button,
            html`<a class="label" href="${to}" style="${styles.label}">${label}</a>`,
          ),
        ),
      ),
    );

  const note = ({ question, answer = '', way }: EmailCopy['notes'][number]): Markup =>
    small(html`${strong(question)} ${answer} ${way ? link(way.label, way.to) : ''}`);

  return { text, small, strong, link, button, note };
};
