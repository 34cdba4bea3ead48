import { allowedMethods } from '../../../shared/api/routes.ts';
import { refuse } from '../../../shared/core/refusal.ts';
import { openRoute } from '../session/sign-in.ts';
import { presentInConsole } from '../session/signed-in.ts';

/** Whatever no other route of the console answers: an unknown path, or another method of a known one. */
export const notFound = openRoute((request, { region }) => {
  const Allow = allowedMethods(request.resource);
  if (Allow === undefined) return refuse('not_found');
  const page = presentInConsole(refuse('method_not_allowed'), request, region);
  return { ...page, headers: { ...page.headers, Allow } };
});
