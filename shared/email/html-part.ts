import { type Content, help, safety, sender } from './content.ts';
import { html, type Markup } from './html.ts';
import { brand, portal } from './wording.ts';

/**
 * Built for mail clients: tables for layout, since Outlook for Windows knows no other; styles
 * inlined, since Gmail drops the style element for some mailboxes; no image, script or remote file,
 * so nothing is blocked and nobody learns that the email was read.
 */

const font = 'font-family:Arial,Helvetica,sans-serif';
const styles = {
  page: 'margin:0;padding:0;background-color:#f2f4f6',
  outer: 'width:100%;background-color:#f2f4f6',
  inner: 'width:100%;max-width:600px',
  brand: `${font};font-size:16px;line-height:24px;color:#123a5a;padding:28px 32px 16px`,
  card: 'padding:32px;background-color:#ffffff;border-top:4px solid #123a5a;word-break:break-word',
  heading: `${font};font-size:24px;line-height:32px;font-weight:bold;color:#16212b;margin:0 0 20px`,
  text: `${font};font-size:16px;line-height:24px;color:#16212b;margin:0 0 16px`,
  small: `${font};font-size:14px;line-height:20px;color:#52606d;margin:0 0 12px`,
  link: 'color:#0b5a94',
  // Outlook for Windows knows padding on cells only, and adds it there by its own property.
  button: 'background-color:#123a5a;border-radius:6px;mso-padding-alt:14px 28px',
  label: `${font};font-size:16px;line-height:20px;font-weight:bold;color:#ffffff;text-decoration:none;display:inline-block;padding:14px 28px`,
  gap: 'padding:8px 0 24px',
  notes: 'padding:20px 0 0;border-top:1px solid #d5dce2',
  footer: 'padding:20px 32px 40px;word-break:break-word',
} as const;

/** Clients that know no media queries keep the light colours, or invert them by their own rules. */
const dark = `
:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
.page{background-color:#12181d!important}
.card{background-color:#1c242b!important;border-color:#7fb8e0!important}
.ink{color:#e9eef2!important}
.muted{color:#b3bfc9!important}
.brand,.link{color:#8fc4ea!important}
.rule{border-color:#3a4650!important}
.button{background-color:#8fc4ea!important}
.label{color:#0e1b26!important}
}
@media (max-width:480px){.card,.brand,.footer{padding-left:20px!important;padding-right:20px!important}}
`;

const table = (style: string, rows: Markup | readonly Markup[], name = ''): Markup =>
  html`<table role="presentation" width="100%" border="0" cellspacing="0" cellpadding="0" class="${name}" style="${style}">${rows}</table>`;
