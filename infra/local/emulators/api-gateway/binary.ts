/**
 * Whether a body is binary: by the first type that the header names, and by JSON where there is no
 * header. A star in `binaryMediaTypes` stands for any name (API Gateway Developer Guide, 'Binary
 * media types for REST APIs in API Gateway').
 */
export const isBinary = (
  binaryMediaTypes: readonly string[],
  header: string | undefined,
): boolean => {
  const [first = ''] = (header || 'application/json').split(/[,;]/);
  const [kind, name] = first.trim().toLowerCase().split('/');
  return binaryMediaTypes.some((type) => {
    const [ofKind, ofName] = type.toLowerCase().split('/');
    return (ofKind === '*' || ofKind === kind) && (ofName === '*' || ofName === name);
  });
};
