import { once } from '../../shared/core/once.ts';
import type { Route } from '../http/route.ts';
import type { Dependencies } from './session/dependencies.ts';
import type { Provider } from './session/provider.ts';
import { presentInConsole } from './session/signed-in.ts';

/** A route whose code is loaded when it is asked for: most people only look, and wait for less. */
export const laterRoute = (
  load: () => Promise<Route<Dependencies>>,
  accepts?: 'form',
): Route<Dependencies> => ({
  ...(accepts && { accepts }),
  present: presentInConsole,
  answer: async (request, deps) => (await load()).answer(request, deps),
});

/** A provider whose code is loaded when somebody signs in or out, or tokens end. */
export const laterProvider = (load: () => Promise<Provider>): Provider => {
  const provider = once(load);
  return {
    begin: async (...given) => (await provider()).begin(...given),
    finish: async (...given) => (await provider()).finish(...given),
    renew: async (...given) => (await provider()).renew(...given),
    giveBack: async (...given) => (await provider()).giveBack(...given),
    signOut: async (...given) => (await provider()).signOut(...given),
  };
};
