import { LocalError } from '../../host/local-error.ts';

/** What the intrinsic functions of a template need to know. */
export type Scope = {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
};

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const attributeOf = (scope: Scope, argument: unknown): unknown => {
  const [logicalId = '', ...rest] =
    typeof argument === 'string' ? argument.split('.') : list(argument).map(String);
  return scope.attribute(logicalId, rest.join('.'));
};

const substitute = (scope: Scope, argument: unknown): string => {
  const [text, variables] = list(argument);
  const own = isTable(variables) ? variables : {};
  return String(text).replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (name in own) return String(resolve(scope, own[name]));
    return String(name.includes('.') ? attributeOf(scope, name) : scope.ref(name));
  });
};

const functions: Readonly<Record<string, (scope: Scope, argument: unknown) => unknown>> = {
  Ref: (scope, name) => scope.ref(String(name)),
  'Fn::GetAtt': attributeOf,
  'Fn::Sub': substitute,
  'Fn::Join': (scope, argument) => {
    const [separator, parts] = list(argument);
    return list(resolve(scope, parts)).join(String(separator));
  },
  'Fn::Split': (scope, argument) => {
    const [separator, text] = list(argument);
    return String(resolve(scope, text)).split(String(separator));
  },
  'Fn::Select': (scope, argument) => {
    const [index, parts] = list(argument);
    return list(resolve(scope, parts))[Number(resolve(scope, index))];
  },
};

/**
 * A template's value with its intrinsic functions carried out.
 * @throws LocalError for a function that this run does not know
 */
export const resolve = (scope: Scope, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolve(scope, item));
  if (!isTable(value)) return value;
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = functions[name];
    if (!intrinsic) throw new LocalError(`The template uses ${name}, which is not known here.`);
    return intrinsic(scope, argument);
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, resolve(scope, item)] as const)
      .filter(([, item]) => item !== noValue),
  );
};

/** What `AWS::NoValue` refers to: a property that is not there. */
export const noValue = Symbol('AWS::NoValue');
