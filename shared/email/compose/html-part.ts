import { html, raw } from 'hono/html';
import { brand, portal } from '../../core/brand.ts';
import { type Content, help, safety, sender } from './content.ts';
import type { EmailCopy } from './copy.ts';
import { sheet, styles } from './html-styles.ts';

type Markup = ReturnType<typeof html>;

const lines = (parts: readonly Markup[]): Markup => raw(parts.map(String).join('\n'));

const text = (words: string): Markup => html`<p class="ink" style="${styles.text}">${words}</p>`;

const small = (words: string | Markup): Markup =>
  html`<p class="soft" style="${styles.small}">${words}</p>`;

const strong = (words: string): Markup =>
  html`<strong class="ink" style="${styles.strong}">${words}</strong>`;

const link = (label: string, to: string): Markup =>
  html`<a class="link" href="${to}" style="${styles.link}">${label}</a>`;

/** Outlook for Windows lays out by tables only, and reads their measures from attributes. */
const table = (rows: Markup, width = 'auto', style = ''): Markup =>
  html`<table role="presentation" border="0" cellspacing="0" cellpadding="0" width="${width}" style="${style}">
${rows}
</table>`;

const row = (name: string, style: string, content: Markup): Markup =>
  html`<tr><td class="${name}" style="${style}">
${content}
</td></tr>`;

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

const card = ({ heading, greeting, opening, button: way, closing, notes }: Content): Markup[] => [
  html`<h1 class="ink" style="${styles.heading}">${heading}</h1>`,
  text(greeting),
  ...opening.map(text),
  ...(way ? [button(way)] : []),
  ...closing.map(text),
  ...(way
    ? [small(html`If the button does not work, open this link: ${link(way.to, way.to)}`)]
    : []),
  table(row('rule', styles.notes, lines(notes.map(note))), '100%', 'width:100%'),
];

const footer = (region: Content['region']): Markup[] => [
  small(html`${strong('Need help?')} ${help(region)}`),
  small(safety(region)),
  small(sender),
];

/**
 * The HTML part, for mail clients: tables for layout, inlined styles, 600 pixels. No image, script
 * or remote file, so that nothing is blocked and nobody learns that the email was read.
 */
export const htmlPart = (content: Content): string => {
  const sheets = [
    row('brand ink', styles.brand, html`<strong>${brand}</strong> ${portal}`),
    row('card', styles.card, lines(card(content))),
    row('footer', styles.footer, lines(footer(content.region))),
  ];
  const page = html`<!DOCTYPE html>
<html lang="${content.region.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="date=no, address=no">
<title>${content.subject}</title>
<style>${raw(sheet)}</style>
</head>
<body class="page" style="${styles.page}">
<div style="${styles.preheader}">${content.opening[0]}</div>
${table(html`<tr><td class="page" align="center" style="${styles.outer}">${table(lines(sheets), '600', styles.inner)}</td></tr>`, '100%', 'width:100%')}
</body>
</html>
`;
  return String(page);
};
