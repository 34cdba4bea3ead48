import * as z from 'zod/mini';
import { comparable } from '../../shared/email/address.ts';
import { requestReset } from '../../shared/reset/request-reset.ts';
import type { World } from '../../shared/world.ts';
import { apiRoute } from '../http/api-route.ts';
import { emailField } from '../http/fields.ts';
import { json } from '../http/response.ts';

export type RequestWorld = Pick<World, 'region' | 'now' | 'newId'> & {
  readonly requests: Pick<World['requests'], 'add'>;
};

const body = z.strictObject({ email: emailField });

/** `POST /api/password-reset-requests`: the same for every well-formed address. */
export const passwordResetRequests = apiRoute({
  body,
  answer: async ({ email }, world: RequestWorld) => {
    await requestReset(world, comparable(email));
    return json(202, {});
  },
});
