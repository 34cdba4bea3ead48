import type { Contact } from '../contact/contact.ts';
import type { Page } from '../core/page.ts';
import type { DeliveryState } from '../email/delivery.ts';
import type { Status } from './status.ts';

export type WorkListQuery = {
  /** Without a status and a delivery: invited and never accepted. */
  readonly status?: Exclude<Status, 'never_invited'>;
  readonly delivery?: DeliveryState;
  readonly limit: number;
  readonly from?: string;
};

/** Contacts that staff still have to do something about. */
export interface WorkList {
  /**
   * Pages are oldest first: by deadline, by the newest email's event with a delivery, by
   * invitation otherwise. A page may be short, above all with both filters.
   * @param now milliseconds since 1970; it parts the pending from the expired
   */
  page(query: WorkListQuery, now: number): Promise<Page<Contact>>;
}
