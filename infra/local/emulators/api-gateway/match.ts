import type { Route } from '../template/rest-api.ts';

type Parameters = Readonly<Record<string, string>>;
export type Matched =
  | { readonly kind: 'route'; readonly route: Route; readonly parameters: Parameters }
  /** Of a known path, but not with this method; or of no known path at all. */
  | { readonly kind: 'no_method'; readonly path: string }
  | { readonly kind: 'no_path' };

const greedy = /^\{(.+)\+\}$/;
const single = /^\{(.+)\}$/;

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** A literal is more specific than `{parameter}`, and that than `{proxy+}`. */
const rank = (part: string | undefined): number => {
  if (part === undefined) return 0;
  if (greedy.test(part)) return 3;
  return single.test(part) ? 2 : 1;
};

const isMoreSpecific = (one: string, other: string): boolean => {
  const [left, right] = [partsOf(one), partsOf(other)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = rank(left[index]) - rank(right[index]);
    if (difference !== 0) return difference < 0;
  }
  return false;
};

/**
 * The path parameters with which a path fits a pattern, as they were asked for: a REST API does not
 * decode them (serverless/serverless#5037).
 */
const parametersOf = (pattern: string, path: string): Parameters | undefined => {
  const [wanted, given] = [partsOf(pattern), partsOf(path)];
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index];
    if (value === undefined) return undefined;
    const rest = greedy.exec(part)?.[1];
    if (rest) return { ...parameters, [rest]: given.slice(index).join('/') };
    const name = single.exec(part)?.[1];
    if (name) parameters[name] = value;
    else if (part !== value) return undefined;
  }
  return wanted.length === given.length ? parameters : undefined;
};

/**
 * Finds the route of a request as API Gateway does: the most specific path first, and only then its
 * method, so that a known path never falls through to a greedy one.
 */
export const match = (routes: readonly Route[], method: string, path: string): Matched => {
  const best = routes
    .filter((route) => parametersOf(route.path, path))
    .map((route) => route.path)
    .reduce<string | undefined>(
      (found, candidate) =>
        found === undefined || isMoreSpecific(candidate, found) ? candidate : found,
      undefined,
    );
  if (best === undefined) return { kind: 'no_path' };
  const ofPath = routes.filter((route) => route.path === best);
  const route =
    ofPath.find((candidate) => candidate.method === method) ??
    ofPath.find((candidate) => candidate.method === 'ANY');
  return route
    ? { kind: 'route', route, parameters: parametersOf(best, path) ?? {} }
    : { kind: 'no_method', path: best };
};
