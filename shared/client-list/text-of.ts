/**
 * As spreadsheets write text: UTF-8 with or without its mark, UTF-16, or Windows-1252. A browser runs
 * it too, by its source: it uses nothing but what both have.
 */
export const textOf = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};
