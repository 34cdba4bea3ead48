/** Why the local run can't start; its message is the one sentence a person needs. */
export class LocalError extends Error {
  readonly code = 'local_error';
}
