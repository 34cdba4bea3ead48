import type { Brand } from '../../core/brand.ts';
import { customProperties } from '../../core/palette.ts';

/** The one stylesheet: light and dark, print, 320 px and up, no font to fetch. */
export const styleOf = ({ light, dark }: Brand['colours']): string => `:root {
  color-scheme: light dark;
  ${customProperties(light)}
  --sky: #f6e0c3; --cloud: #fbeedb; --sun: #f3b562; --far: #c9cfae; --mid: #9fb592; --near: #6f9479; --wall: #fff8ec;
  --roof: #a9522f; --pane: #ffe2a1; --bar: #8a5a3a; --door: #123a5a; --leaf: #4c7a62; --way: #ecdcbf;
}
@media (prefers-color-scheme: dark) {
  :root {
    ${customProperties(dark)}
    --sky: #1c2833; --cloud: #233240; --sun: #efe6cf; --far: #263a3b; --mid: #213230; --near: #1a2826; --wall: #4a4640;
    --roof: #6b3a28; --pane: #ffcf70; --bar: #6e4626; --door: #14283a; --leaf: #17241f; --way: #2d3430;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column;
  background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  overflow-wrap: break-word;
}
h1, h2 { line-height: 1.2; text-wrap: balance; margin: 0 0 .5rem; }
h1 { font: 600 clamp(1.75rem, 1.4rem + 1.6vw, 2.375rem)/1.15 ui-serif, 'Iowan Old Style', Charter, Georgia, serif; letter-spacing: -.01em; margin-bottom: 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.0625rem; font-weight: 650; }
p, ul, ol, dl { margin: 0 0 1rem; }
a { color: var(--link); text-decoration-thickness: .08em; text-underline-offset: .2em; }
a:hover { text-decoration-thickness: .16em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 4px; }
main:focus { outline: none; }
.skip { position: absolute; left: -999rem; top: .5rem; padding: .75rem 1rem; background: var(--card); z-index: 1; }
.skip:focus { left: .5rem; }

.top { padding: .75rem 1.25rem; }
.top a { display: inline-flex; align-items: center; gap: .75rem; min-height: 44px; color: inherit; text-decoration: none; font-weight: 650; }
.top small { display: block; font-size: .875rem; font-weight: 400; color: var(--soft); line-height: 1.2; }
.top span { line-height: 1.25; }
.mark { flex: none; fill: var(--accent); }
.mark .door { fill: var(--paper); }

.sheet { flex: 1; display: flex; flex-direction: column; }
.scene { display: none; }
main { width: 100%; max-width: 34rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
.lead { font-size: 1.125rem; color: var(--soft); text-wrap: pretty; }
.lead strong { color: var(--ink); }
.aside { margin-top: 1.5rem; color: var(--soft); }

.button, .show { font: inherit; cursor: pointer; }
.button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 52px; width: 100%;
  padding: .75rem 1.75rem; border: 2px solid var(--accent); border-radius: 12px; background: var(--accent);
  color: var(--on-accent); font-weight: 650; text-align: center; text-decoration: none;
}
.button:hover { background: var(--accent-deep); border-color: var(--accent-deep); }
.button.quiet { background: transparent; color: var(--link); }
.button:disabled { cursor: default; border-style: dashed; color: var(--soft); }
.button.quiet:hover:enabled, a.button.quiet:hover { background: var(--good-paper); border-color: var(--accent); }
form .button { margin-top: .5rem; }

.field { margin-bottom: 1.25rem; }
label { display: block; font-weight: 650; margin-bottom: .25rem; }
.hint { color: var(--soft); font-size: .9375rem; margin-bottom: .5rem; }
.problem { color: var(--bad); font-weight: 600; margin-bottom: .5rem; }
.field input {
  width: 100%; min-height: 52px; padding: .75rem .875rem; font: inherit; color: inherit;
  background: var(--card); border: 1.5px solid var(--edge); border-radius: 12px;
}
.field input:hover { border-color: var(--ink); }
.field input:focus-visible { outline-offset: 1px; border-radius: 12px; }
.wrong { border-left: 4px solid var(--bad); padding-left: .875rem; }
.wrong input { border-color: var(--bad); border-width: 2px; }
.check { display: grid; grid-template-columns: 44px 1fr; align-items: center; margin-bottom: 1rem; }
.check input { width: 24px; height: 44px; margin: 0; accent-color: var(--accent); }
.check label { margin: 0; padding: .625rem 0; }
.check .hint { grid-column: 2; margin: -.375rem 0 0; }
.devices { list-style: none; padding: 0; }
.devices li { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; padding: .75rem 0; border-top: 1px solid var(--line); }
.devices p { margin: 0; color: var(--soft); }
.devices strong { color: var(--ink); }
.below { margin: -.75rem 0 .75rem; }
.below a, .aside a, .steps a, .foot a, .summary a { display: inline-block; padding: .625rem 0; min-height: 44px; }
.steps a { display: block; width: fit-content; }
.steps li a + a { margin-top: -.5rem; }
.secret { position: relative; display: flex; }
.secret:has(.show) input { padding-right: 5.25rem; }
.show {
  position: absolute; right: 5px; top: 4px; bottom: 4px; min-width: 68px; min-height: 44px; padding: 0 .75rem;
  border: 0; border-radius: 9px; background: transparent; color: var(--link); font-weight: 650;
}
.show:hover { background: var(--good-paper); }
.strength { margin: .5rem 0 0; font-size: .9375rem; color: var(--soft); }
.strength::before { content: ''; display: block; height: 4px; margin-bottom: .375rem; border-radius: 2px; background: var(--line); }
.strength:is([data-grade='short'], [data-grade='long'], [data-grade='spaced'])::before { background: linear-gradient(90deg, var(--focus) 33%, var(--line) 0); }
.strength[data-grade='fair']::before { background: var(--accent); }
.strength:empty { display: none; }

.summary, .notice { padding: 1rem 1.125rem; border-radius: 12px; margin-bottom: 1.5rem; }
.summary { background: var(--bad-paper); border: 2px solid var(--bad); }
.summary h2 { margin: 0; color: var(--bad); }
.summary ul { list-style: none; margin: 0; padding: 0; }
.summary a { color: var(--bad); font-weight: 600; padding: .5rem 0 .25rem; }
.notice { background: var(--good-paper); border-left: 4px solid var(--accent); font-weight: 600; }

.pair { display: grid; gap: 1.25rem 2rem; margin-top: 2.25rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
.pair p { margin: 0; color: var(--soft); }
.pair h2 { margin-bottom: .25rem; }
.card, .steps, .facts { background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 1.25rem; margin: 0 0 1.25rem; }
.card > :last-child, .steps > :last-child { margin-bottom: 0; }
.steps { margin-top: 1.75rem; }
.steps ol { padding-left: 1.4rem; }
.steps li + li { margin-top: .625rem; }
.steps li::marker { color: var(--link); font-weight: 650; }
.choices { list-style: none; padding: 0; }
.card form + p { margin-top: 1.5rem; }
.facts div + div { margin-top: .875rem; padding-top: .875rem; border-top: 1px solid var(--line); }
dt { color: var(--soft); font-size: .9375rem; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }

.foot { border-top: 1px solid var(--line); padding: 1.5rem 1.25rem 2rem; font-size: .9375rem; color: var(--soft); display: grid; gap: 1rem 3rem; }
.foot h2 { font-size: .9375rem; color: var(--ink); margin: 0; }
.foot p { margin: 0; }
.foot h2 { padding-top: .25rem; }
[href^="tel:"] { white-space: nowrap; }
.reach { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.steps .reach li { margin: 0; }
.foot ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin: 0; padding: 0; }

@media (max-width: 59.99rem) {
  .home .scene { display: block; width: calc(100% - 2.5rem); max-width: 31.5rem; height: 13rem; margin: .25rem auto .5rem; border-radius: 20px; }
}
@media (min-width: 40rem) {
  main { padding-top: 2rem; }
  .button { width: 18rem; }
  .devices .button { width: auto; }
  .pair { grid-template-columns: 1fr 1fr; }
  .foot { grid-template-columns: auto auto; justify-content: space-between; padding-inline: 2rem; }
  .top { padding-inline: 2rem; }
}
@media (min-width: 60rem) {
  body:not(.signed-in) .sheet { display: grid; grid-template-columns: minmax(20rem, 2fr) 3fr; min-height: 42rem; }
  .scene { display: block; width: 100%; height: 100%; min-height: 0; position: relative; contain: size; border-radius: 0 28px 28px 0; overflow: hidden; }
  body:not(.signed-in) main { align-self: center; padding: 2rem 3rem 4rem; }
  .foot { margin-top: 2rem; }
}
.sky { fill: var(--sky); } .cloud { fill: var(--cloud); } .sun { fill: var(--sun); } .far { fill: var(--far); } .mid { fill: var(--mid); }
.near { fill: var(--near); } .wall { fill: var(--wall); } .roof { fill: var(--roof); } .pane { fill: var(--pane); }
.scene .door { fill: var(--door); } .leaf { fill: var(--leaf); } .way { fill: var(--way); }
.frame, .bar, .trunk { fill: none; stroke: var(--bar); stroke-width: 4; }
.bar { stroke-width: 3; } .trunk { stroke-width: 7; }

@media (forced-colors: active) {
  .button, .show, .card, .steps, .facts, .notice { border: 1px solid; }
  .scene, .strength::before { display: none; }
  .mark { fill: LinkText; } .mark .door { fill: Canvas; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #333; --link: #000; }
  .scene, .skip, .show, .strength, .button, .acts { display: none; }
  body { min-height: 0; font-size: 11pt; }
  body:not(.signed-in) .sheet { display: block; }
  main a[href^='http']::after, .foot nav a::after { content: ' (' attr(href) ')'; }
  .summary, .notice, .card, .steps, .facts { border: 1px solid #000; break-inside: avoid; }
}
`;
