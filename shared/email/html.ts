/** HTML that may stand inside HTML as it is. Only `html` makes it. */
export type Markup = { readonly markup: string };

type Hole = string | Markup | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const fill = (hole: Hole): string => {
  if (typeof hole === 'string') return hole.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  return 'markup' in hole ? hole.markup : hole.map(fill).join('\n');
};

/** Escapes every string put into it, for text and for quoted attributes alike. */
export const html = (strings: TemplateStringsArray, ...holes: readonly Hole[]): Markup => ({
  markup: String.raw({ raw: strings }, ...holes.map(fill)),
});
