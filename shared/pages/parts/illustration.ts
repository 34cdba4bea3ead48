import { html } from 'hono/html';

/**
 * A home on a hill, and the frame of the next one: drawn beside the page where there is room, by
 * night in the dark. Its colours are in the stylesheet.
 */
export const illustration = html`<svg class="scene" viewBox="0 100 480 680" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">
<rect class="sky" width="480" height="800"/>
<path class="cloud" d="M58 238a20 20 0 0 1 36-10 26 26 0 0 1 48 4 17 17 0 0 1 12 32H64a14 14 0 0 1-6-26zM300 190a16 16 0 0 1 28-7 21 21 0 0 1 39 5 13 13 0 0 1 8 25h-70a12 12 0 0 1-5-23z"/>
<circle class="sun" cx="388" cy="362" r="48"/>
<path class="far" d="M0 452c70-64 130-70 206-30 62-56 150-68 274-6v384H0z"/>
<path class="frame" d="M352 474v-58l38-34 38 34v58M352 416h76M371 474v-58M390 474v-92M409 474v-58"/>
<path class="mid" d="M0 520c120-62 300-72 480-34v314H0z"/>
<path class="trunk" d="M86 570V452"/><ellipse class="leaf" cx="86" cy="428" rx="34" ry="52"/>
<path class="wall" d="M150 580V428l92-78 92 78v152z"/>
<path class="roof" d="M242 330 130 425l11 13 101-85 101 85 11-13-38-32v-42h-24v22z"/>
<path class="pane" d="M172 458h44v40h-44zM268 458h44v40h-44z"/><path class="bar" d="M194 458v40M172 478h44M290 458v40M268 478h44"/>
<circle class="pane" cx="242" cy="406" r="13"/>
<path class="door" d="M226 570v-58a16 16 0 0 1 32 0v58z"/>
<path class="near" d="M0 576c150-34 330-26 480 10v214H0z"/>
<path class="leaf" d="M366 590a25 25 0 0 1 48-14 22 22 0 0 1 36 16c-24 10-60 10-84-2z"/>
<path class="way" d="M225 555c12-2 24-2 34 0 4 72 40 133 112 245H172c46-98 56-173 53-245z"/>
</svg>`;
