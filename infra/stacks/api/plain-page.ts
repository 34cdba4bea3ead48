import { portal } from '../../../shared/core/brand.ts';

/** The words of whoever stands in front of the functions, as a page that needs nothing else. */
export const plainPage = (words: string): string =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words} – ${portal}</title></head><body><main><h1>${words}</h1><p><a href="/">${portal}</a></p></main></body></html>`;
