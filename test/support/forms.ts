const plain = (escaped: string): string =>
  escaped
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** The form of a step of the import page, as a browser would send it; undefined if the page has none. */
export const stepForm = (body: string, step: string): Record<string, string> | undefined => {
  const [, form] = new RegExp(`value="${step}">(.*?)</form>`, 's').exec(body) ?? [];
  if (form === undefined) return undefined;
  const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)];
  return {
    step,
    ...Object.fromEntries(fields.map(([, name, value = '']) => [name, plain(value)])),
  };
};
