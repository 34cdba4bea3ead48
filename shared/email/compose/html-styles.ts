import type { Palette } from '../../core/palette.ts';

const font = "font-family:'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const serif = 'font-family:Georgia,serif';

/**
 * The light look, in the colours of the portal's pages. It is inlined into every element, since
 * some mailboxes of Gmail drop the style element, and uses only what caniemail.com knows in Gmail,
 * Outlook and Apple Mail, or what nothing depends on.
 */
export const stylesOf = (light: Palette) => ({
  page: `margin:0;padding:0;background-color:${light.paper}`,
  /** What inboxes show beside the subject. */
  preheader: 'display:none',
  outer: `padding:0 12px;background-color:${light.paper}`,
  inner: 'width:100%;max-width:600px',
  brand: `${font};font-size:16px;line-height:24px;color:${light.ink};text-align:left;padding:32px 33px 16px`,
  card: `padding:36px 32px 24px;background-color:${light.card};border:1px solid ${light.line};border-top:6px solid ${light.accent};border-radius:12px;text-align:left;word-break:break-word`,
  heading: `${serif};font-size:28px;line-height:36px;font-weight:bold;color:${light.ink};margin:0 0 20px`,
  text: `${font};font-size:17px;line-height:26px;color:${light.ink};margin:0 0 16px`,
  small: `${font};font-size:15px;line-height:22px;color:${light.soft};margin:0 0 14px`,
  strong: `color:${light.ink}`,
  link: `color:${light.link}`,
  gap: 'padding:8px 0 24px',
  // Outlook for Windows knows padding on cells only, and adds this one by its own property.
  button: `background-color:${light.accent};border-radius:12px;mso-padding-alt:15px 28px`,
  label: `${font};font-size:17px;line-height:22px;font-weight:bold;color:${light.onAccent};text-decoration:none;display:inline-block;padding:15px 28px`,
  notes: `padding:20px 0 0;border-top:1px solid ${light.line}`,
  footer: 'padding:24px 33px 40px;text-align:left;word-break:break-word',
});

/**
 * The dark look and narrow screens. Clients without media queries keep the light look, or invert
 * it by rules of their own.
 */
export const sheetOf = (dark: Palette): string => `
:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
.page{background-color:${dark.paper}!important}
.card{background-color:${dark.card}!important}
.card,.rule{border-color:${dark.line}!important}
.card{border-top-color:${dark.accent}!important}
.ink{color:${dark.ink}!important}
.soft{color:${dark.soft}!important}
.link{color:${dark.link}!important}
.button{background-color:${dark.accent}!important}
.label{color:${dark.onAccent}!important}
}
@media (max-width:480px){
.brand,.card,.footer{padding-left:16px!important;padding-right:16px!important}
}
`;

export type Styles = ReturnType<typeof stylesOf>;
