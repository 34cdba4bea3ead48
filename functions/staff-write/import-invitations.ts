import { importRow } from '../../shared/api/import-schema.ts';
import { isRefusal, type Refusal } from '../../shared/core/refusal.ts';
import { importInvitations } from '../../shared/invitation/import-invitations.ts';
import { parse } from '../http/request.ts';
import { response, staffRoute } from '../http/staff-route.ts';
import type { Dependencies } from './dependencies.ts';

/** *Send Invitation* for up to 100 contacts. */
export const postImport = staffRoute(
  'POST /staff/invitations/import',
  async ({ body, call }, deps: Dependencies) => {
    const rows = body.rows.map((row) => parse(importRow, row));
    const good = rows.flatMap((row) => (isRefusal(row) ? [] : [row]));
    const imported = await importInvitations(deps, good, call.actor);
    const outcomes = rows.map((row) => (isRefusal(row) ? row : imported[good.indexOf(row)]));
    const results = outcomes.map((outcome = 'failed', index) => ({
      contactId: body.rows[index]?.contactId ?? '',
      ...(isRefusal(outcome)
        ? { outcome: 'refused' as const, code: outcome.code, ...errorsOf(outcome) }
        : { outcome }),
    }));
    return response(200, { results });
  },
);

const errorsOf = ({ details: { errors } }: Refusal) =>
  errors ? { errors: errors.map((error) => ({ ...error })) } : {};
