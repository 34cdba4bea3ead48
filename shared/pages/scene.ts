import { html } from 'hono/html';

/**
 * A home on a hill, and the frame of the next one: drawn beside the page where there is room, by
 * night in the dark. Its colours are in the stylesheet.
 */
export const scene = html`<svg class="scene" viewBox="0 0 480 720" preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
<rect class="sky" width="480" height="720"/>
<circle class="sun" cx="352" cy="236" r="46"/>
<path class="far" d="M0 452c70-64 130-70 206-30 62-56 150-68 274-6v304H0z"/>
<path class="frame" d="M352 470v-54l38-34 38 34v54M352 416h76M371 470v-54M390 470v-88M409 470v-54"/>
<path class="mid" d="M0 520c120-62 300-72 480-34v234H0z"/>
<path class="trunk" d="M86 560V452"/><ellipse class="leaf" cx="86" cy="428" rx="34" ry="52"/>
<path class="wall" d="M150 570V428l92-78 92 78v142z"/>
<path class="roof" d="M242 330 130 425l11 13 101-85 101 85 11-13-38-32v-42h-24v22z"/>
<path class="pane" d="M172 458h44v40h-44zM268 458h44v40h-44z"/><path class="bar" d="M194 458v40M172 478h44M290 458v40M268 478h44"/>
<circle class="pane" cx="242" cy="406" r="13"/>
<path class="door" d="M226 570v-58a16 16 0 0 1 32 0v58z"/>
<path class="near" d="M0 566c150-34 330-26 480 10v144H0z"/>
<path class="way" d="M226 562h32c4 50 34 94 96 158H196c34-60 36-108 30-158z"/>
<path class="leaf" d="M372 572a24 24 0 0 1 47-8 20 20 0 0 1 30 14z"/>
</svg>`;
