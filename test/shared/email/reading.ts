const signs: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** The words of the HTML part, as a mail client shows them. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>|<title>.*?<\/title>|<[^>]*>/gs, '')
    .replace(/&(?:lt|gt|quot|amp|#39);/g, (sign) => signs[sign] ?? sign);

/** Where the HTML part's links lead. */
export const linksOf = (html: string): string[] =>
  [...html.matchAll(/\s(?:href|src|action|background)\s*=\s*"([^"]*)"/gi)].map(
    ([, link = '']) => link,
  );

/**
 * What an eager mail client makes links of: anything with a scheme, `www.`, or that looks like a
 * host name, whatever the script and the full stop's shape. Email addresses are left to themselves.
 */
export const autoLinks = (text: string): string[] => {
  const zeroWidth = /\p{Cf}/gu;
  const word = /\S+/gu;
  const host =
    /^[\p{L}\p{N}-]+(?:[.。．｡․﹒][\p{L}\p{N}-]+)*[.。．｡․﹒]\p{L}{2,}(?=$|[/?#:,.)>"'])/u;
  return [...text.replace(zeroWidth, '').matchAll(word)]
    .map(([found]) => found)
    .filter((found) => /[a-z]+:\S|www\.\S|\\\\\S/iu.test(found) || host.test(found));
};

/** The distinct hosts that a text leads to. */
export const hostsIn = (links: readonly string[]): string[] => [
  ...new Set(links.map((link) => (URL.canParse(link) ? new URL(link).host : link))),
];
