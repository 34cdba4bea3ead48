const rows = (count: number): string => `${count} ${count === 1 ? 'row' : 'rows'}`;

/** The words of the import page. */
export const importCopy = {
  title: 'Import clients',
  link: 'Import clients from a list',
  lead: 'Invite many clients at once. First the list is only looked at: nothing is sent.',
  mayNot: 'You may not import: your sign-in does not allow it. Ask IT support for the right to it.',
  file: 'A CSV file: choose it, or drop it here',
  list: 'The list, as CSV',
  hint: 'The first line has the titles contactId, email and name, separated by commas or semicolons; then one client a line.',
  check: 'Look at the list',
  again: 'Start again with another list',

  tooLong: (most: number) =>
    `This list is too long for one import. Split it: at most ${most} rows, and half a mebibyte.`,
  checked: (count: number) => `${rows(count)} looked at, nothing sent.`,
  fine: (count: number) => `${rows(count)} can be sent.`,
  bad: (count: number) => `${rows(count)} can’t be sent.`,
  warned: (count: number) => `${rows(count)} with a warning, which does not stop it.`,
  nothingToSend: 'There is no row to send. Correct the list and look at it again.',
  send: (count: number) => `Send ${count} ${count === 1 ? 'invitation' : 'invitations'}`,

  progress: 'Progress',
  sent: (done: number, all: number) => `${done} of ${rows(all)} done.`,
  left: (count: number) =>
    `${rows(count)} left. Keep this page open: what is left is only in your browser.`,
  goOn: (count: number) => `Continue with the remaining ${count}`,
  finished: 'Finished: every row has its outcome.',
  unchanged: 'Nothing was changed: everything in this list had been done before.',
  stopped: (done: number, left: number) =>
    `${rows(done)} done, ${left} left. What was done stays, and nothing is lost.`,
  unanswered: 'The portal did not answer in time.',
  goOnIn: (wait: string) => `Continue in ${wait}.`,
  goOnLater:
    'Some rows were not taken for now. Continue in a few minutes; if the emails that you may send in a day are used up, after midnight UTC.',

  attention: 'Rows that need attention',
  onlyFirst: (count: number) => `Only the first ${count} are shown; the report has all.`,
  line: 'Line',
  contact: 'Contact',
  outcome: 'Outcome',
  why: 'Why',
  report: 'Download the report',
  noAddresses: 'A CSV file with every row’s outcome, without addresses.',
} as const;
