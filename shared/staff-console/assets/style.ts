import type { Brand } from '../../core/brand.ts';

/** The stylesheet of the staff console: light and dark, from a phone to a desk. */
export const styleOf = ({ light, dark }: Brand['colours']): string => `
:root {
  color-scheme: light dark; --paper: light-dark(#f5f5f3, #151515); --card: light-dark(#fff, #1e1e1e);
  --ink: light-dark(#222, #eee); --quiet: light-dark(#5c5c5c, #aaa); --line: light-dark(#ddd, #3a3a3a);
  --edge: light-dark(#8a8a8a, #777); --accent: light-dark(${light.accent}, ${dark.accent}); --on-accent: light-dark(${light.onAccent}, ${dark.onAccent});
  --good: light-dark(#17622f, #86d69c); --good-paper: light-dark(#e4f3e8, #17301e);
  --wait: light-dark(#7a4a00, #f0c070); --wait-paper: light-dark(#fbf0d9, #33270f);
  --bad: light-dark(${light.bad}, ${dark.bad}); --bad-paper: light-dark(${light.badPaper}, ${dark.badPaper});
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1, h2, h3, p, ul, ol, dl { margin: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; font-weight: 650; }
h2 { font-size: 1.05rem; font-weight: 650; }
h3 { font-size: 1rem; font-weight: 650; }
ul, ol { list-style: none; padding: 0; }
small { color: var(--quiet); font-size: .875rem; }
h1 small { font-weight: 400; font-size: 1rem; }
a { color: var(--accent); text-underline-offset: .2em; } :is(p, div, th, noscript) > a:only-child:not(.button), .crumbs a { display: inline-block; padding: .2rem 0; }
:focus-visible { outline: 3px solid light-dark(${light.focus}, ${dark.focus}); outline-offset: 2px; border-radius: 4px; }
code { font-size: .875em; }

.top { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: .75rem 1.25rem; background: var(--card); border-bottom: 1px solid var(--line); }
.skip { position: absolute; left: -999rem; top: .5rem; padding: .75rem 1rem; background: var(--card); z-index: 1; }
.skip:focus { left: .5rem; }
.menu { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.menu a { padding: .625rem 0; min-height: 44px; }
.out { margin-left: auto; display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
.note { color: var(--quiet); border-left: 4px solid var(--edge); padding: .25rem .9rem; }
.tabs { display: flex; gap: .25rem; border-bottom: 1px solid var(--line); }
.tabs a { padding: .625rem 1rem; min-height: 44px; text-decoration: none; color: inherit; border-bottom: 3px solid transparent; white-space: nowrap; }
.tabs [aria-current] { border-color: var(--accent); font-weight: 650; }
.row { display: flex; gap: .5rem; }
.choices { display: flex; flex-wrap: wrap; gap: .75rem; }
.hits li { padding: .5rem 0; border-top: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; }
.hits a { padding: .625rem 0; min-height: 44px; font-weight: 600; }
.hits small { flex: 1; min-width: 12rem; overflow-wrap: anywhere; }
.hint { color: var(--quiet); font-size: .9375rem; }
.problem { color: var(--bad); font-weight: 600; }
.wrong { border-left: 4px solid var(--bad); padding-left: .875rem; }
.wrong :is(input, textarea) { border-color: var(--bad); border-width: 2px; }
.track { display: flex; flex-wrap: wrap; gap: .25rem 0; margin: .5rem 0; counter-reset: stop; }
.track li { padding: .1rem .9rem .1rem 0; color: var(--quiet); }
.track li + li::before { content: '→'; padding-right: .9rem; color: var(--quiet); font-weight: 400; }
.track .here { font-weight: 650; color: var(--ink); border: 0; background: none; }
.track .here.delivered { color: var(--good); } .track .here:is(.bounced, .complained, .rejected, .failed) { color: var(--bad); }
.track .ahead { font-style: italic; }

#main { max-width: 54rem; margin: 0 auto; padding: 1.25rem; }
#main:has(.rows) { max-width: 88rem; } #main:focus { outline: none; }
#live { display: grid; gap: 1rem; }
#live > *, #status > * + * { min-width: 0; } #status > * + * { margin-top: .75rem; }
main { display: grid; gap: 1rem; align-content: start; min-width: 0; }
main > * { min-width: 0; }
.crumbs { color: var(--quiet); font-size: .9375rem; } .crumbs span { opacity: .6; } .crumbs strong { color: var(--ink); }

.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1.25rem; }
.card > * + * { margin-top: 1rem; }
.summary { font-size: 1.125rem; text-wrap: pretty; }
dl { display: grid; gap: .5rem 1.5rem; }
dl div { display: grid; grid-template-columns: 10.5rem 1fr; gap: 0 1rem; }
dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
.state { display: inline-block; padding: .05rem .6rem; border-radius: 99px; font-size: .875rem; font-weight: 650; background: var(--paper); color: var(--quiet); border: 1px solid currentColor; }
.accepted, .delivered { background: var(--good-paper); color: var(--good); }
.pending, .queued, .sent, .delayed { background: var(--wait-paper); color: var(--wait); }
.expired, .bounced, .complained, .rejected, .failed { background: var(--bad-paper); color: var(--bad); }

label { font-weight: 600; }
input[type='text'], input[type='email'], input[type='file'], textarea { width: 100%; min-width: 0; min-height: 44px; font: inherit; color: inherit; background: var(--card); padding: .45rem .65rem; border: 1px solid var(--edge); border-radius: 8px; }
button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 44px; text-decoration: none; font: inherit; font-weight: 600; padding: .5rem 1.1rem; border-radius: 8px; border: 1px solid var(--accent); background: transparent; color: var(--accent); cursor: pointer; }
button:hover, .button:hover { background: light-dark(#e9f0f5, #24303a); }
button.main, .button.main { background: var(--accent); color: var(--on-accent); padding: .65rem 1.5rem; }
button.main:hover, .button.main:hover { filter: brightness(1.15); }
button:disabled, button:disabled:hover { background: var(--paper); color: var(--quiet); border-color: var(--edge); cursor: not-allowed; filter: none; }
.blocked, .warned { color: var(--wait); } .blocked { margin-top: .5rem; }
.warned { padding: .6rem .9rem; border-left: 4px solid; border-radius: 8px; background: var(--wait-paper); }
button.danger, .button.danger { color: var(--bad); border-color: var(--bad); } button.danger:hover, .button.danger:hover { background: var(--bad-paper); }
.field { display: grid; gap: .25rem; max-width: 26rem; margin-bottom: .75rem; }
.field.wide { max-width: none; } [hidden] { display: none !important; }
textarea { resize: vertical; overflow: auto; } progress { accent-color: var(--accent); }
.scrolled { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th { text-align: left; color: var(--quiet); font-weight: 400; } th, td { padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); vertical-align: top; }

.notice { padding: .9rem 1.1rem; border-radius: 10px; border-left: 4px solid; }
.notice p + p { margin-top: .25rem; }
.notice.done { background: var(--good-paper); border-color: var(--good); }
.notice.problem { background: var(--bad-paper); border-color: var(--bad); }
.notice code { color: var(--quiet); }
.findings li { padding-left: 1rem; border-left: 4px solid var(--edge); }
.findings li + li { margin-top: 1rem; }
.findings .error { border-color: var(--bad); } .findings .warning { border-color: var(--wait); }
.todo { margin-top: .25rem; }

summary { cursor: pointer; } summary h2 { display: inline; }
.more li { padding: 1rem 0; border-top: 1px solid var(--line); } .more li:last-child { padding-bottom: 0; }
.more .about { margin-bottom: .6rem; color: var(--quiet); }
.more form:target { outline: 2px solid var(--accent); outline-offset: .6rem; border-radius: 4px; }
.sure { margin-bottom: .6rem; } .sure label { font-weight: 400; }
.timeline li { display: grid; grid-template-columns: 12.5rem 1fr; gap: 0 1rem; padding: .4rem 0; border-top: 1px solid var(--line); }
.timeline time { color: var(--quiet); }

.lists { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
.lists a { padding: .625rem 0; min-height: 44px; } .lists [aria-current] { font-weight: 650; color: inherit; }
.wide { overflow-x: auto; margin-bottom: 1rem; }
.rows { border-collapse: collapse; width: 100%; font-size: .9375rem; }
.rows th, .rows td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); }
.rows td { overflow-wrap: anywhere; min-width: 7rem; } .rows .email { min-width: 14rem; } .rows .state { white-space: nowrap; } .rows .blocked { margin: 0; font-size: .875rem; min-width: 11rem; } .rows thead a { white-space: nowrap; }
.rows th[scope='row'] { font-weight: 600; min-width: 9rem; }
input[type='checkbox'] { width: 24px; height: 24px; margin: 0; vertical-align: middle; accent-color: var(--accent); }

@media (min-width: 52rem) {
  .more li { display: grid; grid-template-columns: 1fr 19rem; gap: 0 2rem; }
  .more li > .notice { grid-column: 1 / -1; margin-bottom: .6rem; }
}
@media (max-width: 34rem) {
  .out { margin-left: 0; }
  dl div, .timeline li { grid-template-columns: 1fr; }
}
@media (forced-colors: active) { .card, .notice, .state { border: 1px solid; } }
@media print { .out, .menu, .tabs, form, .more, .skip { display: none; } }
`;
