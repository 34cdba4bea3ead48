import type { StaffDependencies } from '../../../shared/staff/session.ts';
import type { ConsoleSettings } from '../../../shared/staff/settings.ts';
import type { Provider } from './provider.ts';
import type { StaffApi } from './signed-in.ts';

/** What the routes of the staff console need. */
export type Dependencies = StaffDependencies & {
  readonly settings: ConsoleSettings;
  readonly provider: Provider;
  /** The staff API through the public door, with a person's own token. */
  readonly apiFor: (accessToken: string) => StaffApi;
};
