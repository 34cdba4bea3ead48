/** What a person typed cannot be done; the message says what to type instead. */
export class UsageError extends Error {
  readonly code = 'usage';
}

export const help = `npx portal <command> --region au|nz|us

Commands
  status <contactId>                               what the CRM shows
  send <contactId> --email <address> --name <name> Send Invitation
  resend <contactId>                               Resend Invitation
  email <contactId> <address>                      correct or change the address
  revoke <contactId>                               take the access away
  reset <contactId>                                email a link for a new password
  lift-suppression <contactId> [--consent]         let email reach the address again
  erase <contactId>                                erase everything on the client's request
  diagnose <contactId | address>                   why can't she get in?
  timeline <contactId> [--limit 50] [--all]        what happened, newest first
  list [--status pending|expired|accepted|revoked] [--delivery bounced|...] [--limit 50] [--all]
                                                   invited and never accepted, unless filtered
  import <file.csv> [--dry-run] [--report <file>]  Send Invitation for every row:
                                                   columns contactId, email, name

Options
  --region <au|nz|us>   which portal
  --json                the API's answer as it is
  --yes                 do not ask before access is taken away or data erased
  --actor <name>        who is recorded to have done it; your user name unless said
  --help

Where the portal is: PORTAL_URL and PORTAL_TOKEN, or else a local run (npm start).
Exit codes: 0 done, 1 refused, 2 typed wrongly, 3 the portal could not be reached.
`;
