/** Line ends and other controls: nothing typed begins a line or a header of its own. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/**
 * Signs without a shape that reorder or hide their neighbours. The joiners (U+200C, U+200D) and the
 * variation selectors stay: names in Persian, Sinhala or Japanese need them.
 */
const invisible = /[\p{Bidi_Control}\u00ad\u180e\u200b\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** What joins the parts of a web or email address, also in the forms that IDNA reads as a dot. */
const joints = /([.:@\\。．｡․﹒：＠﹫])(?=\S)/gu;
const hairSpace = '\u200a';

/** Scripts that run from right to left. */
const rightToLeft =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * What a person typed, as one line that reads the same and does nothing.
 *
 * Mail clients make links of bare words such as `evil.example`, in both parts of an email, and
 * neither escaping nor an element around the dot stops them all: some drop unknown elements, some
 * take zero-width signs and word joiners for letters of a host name. White space ends a link in
 * every one of them, so a hair space, the thinnest there is, follows each joint of an address; it
 * looks like the gap that a full stop has anyway.
 *
 * Text that runs from right to left is isolated by characters, not by `bdi`, which Gmail and
 * Outlook drop (caniemail.com) and the plain part does not have.
 */
export const shown = (typed: string): string => {
  const line = typed
    .toWellFormed()
    .replace(controls, ' ')
    .replace(invisible, '')
    .replace(joints, `$1${hairSpace}`)
    .trim();
  return rightToLeft.test(line) ? `\u2068${line}\u2069` : line;
};
