export type Client = {
  readonly contactId: string;
  readonly name: string;
  readonly email: string;
  /** What is worth trying with them. */
  readonly note?: string;
};

/** Clients as the CRM knows them, before anybody invites them: the same ones in every region. */
export const addressBook: readonly Client[] = [
  { contactId: 'c-1001', name: 'Jane Client', email: 'jane@example.com' },
  {
    contactId: 'c-1002',
    name: 'John Client',
    email: 'jane@example.com',
    note: 'shares Jane’s mailbox',
  },
  {
    contactId: 'c-1003',
    name: 'Bill Bounce',
    email: 'bounce@simulator.amazonses.com',
    note: 'has no such mailbox',
  },
  {
    contactId: 'c-1004',
    name: 'Carol Complaint',
    email: 'complaint@simulator.amazonses.com',
    note: 'reports email as spam',
  },
  { contactId: 'c-1005', name: 'Tim Typo', email: 'tim@gmial.com', note: 'was mistyped' },
  {
    contactId: 'c-1006',
    name: 'Nina Neighbour',
    email: 'nina@example.co.nz',
    note: 'has an address in New Zealand',
  },
];
