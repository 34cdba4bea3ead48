import { html, raw } from 'hono/html';
import { portal } from '../../core/brand.ts';
import { type Content, help, safety, sender } from './content.ts';
import { elementsIn, lines, type Markup, row, table } from './html-elements.ts';
import { type Styles, sheetOf, stylesOf } from './html-styles.ts';

const card = (
  { heading, greeting, opening, button: way, closing, notes }: Content,
  styles: Styles,
): Markup[] => {
  const { text, small, link, button, note } = elementsIn(styles);
  return [
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
};

const footer = (region: Content['region'], styles: Styles): Markup[] => {
  const { small, strong } = elementsIn(styles);
  return [
    small(html`${strong('Need help?')} ${help(region)}`),
    small(safety(region)),
    small(sender(region)),
  ];
};

/**
 * The HTML part, for mail clients: tables for layout, inlined styles, 600 pixels. No image, script
 * or remote file, so that nothing is blocked and nobody learns that the email was read.
 */
export const htmlPart = (content: Content): string => {
  const { brand } = content.region;
  const styles = stylesOf(brand.colours.light);
  const sheets = [
    row('brand ink', styles.brand, html`<strong>${brand.name}</strong> ${portal}`),
    row('card', styles.card, lines(card(content, styles))),
    row('footer', styles.footer, lines(footer(content.region, styles))),
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
<style>${raw(sheetOf(brand.colours.dark))}</style>
</head>
<body class="page" style="${styles.page}">
<div style="${styles.preheader}">${content.opening[0]}</div>
${table(html`<tr><td class="page" align="center" style="${styles.outer}">${table(lines(sheets), '600', styles.inner)}</td></tr>`, '100%', 'width:100%')}
</body>
</html>
`;
  return String(page);
};
