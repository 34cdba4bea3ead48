import { readFileSync } from 'node:fs';
import { Command, Option } from '@commander-js/extra-typings';
import { deliveryStates } from '../../shared/email/delivery.ts';
import { statuses } from '../../shared/invitation/status.ts';
import { showEvents } from './events.ts';
import { importFile } from './import.ts';
import { everyPage, withMore } from './pages.ts';
import {
  actor,
  address,
  contactId,
  contactOrAddress,
  name,
  pageSize,
  region,
  text,
} from './parsers.ts';
import { readableDiagnosis, readableList, readableStatus, readableTimeline } from './readable.ts';
import { sessionOf } from './session.ts';
import { isSure } from './terminal.ts';
import { footnotes } from './usage.ts';

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

const withInvitation = statuses.filter((status) => status !== 'never_invited');
const nothingDone = { text: 'Nothing was done.', isRefused: true };
const yes = () => new Option('--yes', 'do not ask');
const limit = () =>
  new Option('--limit <number>', 'how many to show, 50 unless said').argParser(pageSize);
const all = () => new Option('--all', 'every page');

/** Every command with its own arguments and options; it takes no others. */
export const portal = () => {
  const program = new Command('portal')
    .description('What staff do for the clients of the customer portal.')
    .version(version)
    .requiredOption('--region <code>', 'which portal: au, nz or us', region)
    .option('--json', "the API's answer as it is")
    .option('--actor <name>', 'who is recorded to have done it; your user name unless said', actor)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => {} })
    .addHelpText('after', footnotes);

  program
    .command('events')
    .description('what a CRM hears of contacts, in a local run')
    .option('--follow', 'go on until Ctrl-C')
    .action((_, command) => showEvents(command.optsWithGlobals()));

  program
    .command('status')
    .description('what the CRM shows')
    .argument('<contactId>', 'the contact', contactId)
    .action(async (contactId, _, command) => {
      const { call, show, zone } = sessionOf(command.optsWithGlobals());
      const status = await call('GET /staff/contacts/{contactId}', { contactId });
      show({ json: status, text: readableStatus(status, zone) });
    });

  program
    .command('send')
    .description('Send Invitation')
    .argument('<contactId>', 'the contact', contactId)
    .requiredOption('--email <address>', 'where the invitation goes', address)
    .requiredOption('--name <name>', "the client's name", name)
    .action(async (contactId, body, command) => {
      const { call, show, zone } = sessionOf(command.optsWithGlobals());
      const status = await call('POST /staff/contacts/{contactId}/invitation', { contactId, body });
      show({ json: status, text: readableStatus(status, zone) });
    });

  program
    .command('resend')
    .description('Resend Invitation')
    .argument('<contactId>', 'the contact', contactId)
    .action(async (contactId, _, command) => {
      const { call, show, zone } = sessionOf(command.optsWithGlobals());
      const status = await call('POST /staff/contacts/{contactId}/invitation/resend', {
        contactId,
      });
      show({ json: status, text: readableStatus(status, zone) });
    });

  program
    .command('email')
    .description('correct or change the address')
    .argument('<contactId>', 'the contact', contactId)
    .argument('<address>', 'the new address', address)
    .action(async (contactId, email, _, command) => {
      const { call, show, zone } = sessionOf(command.optsWithGlobals());
      const body = { email };
      const status = await call('PUT /staff/contacts/{contactId}/email', { contactId, body });
      show({ json: status, text: readableStatus(status, zone) });
    });

  program
    .command('reset')
    .description('email a link for a new password')
    .argument('<contactId>', 'the contact', contactId)
    .action(async (contactId, _, command) => {
      const { call, show, zone } = sessionOf(command.optsWithGlobals());
      const status = await call('POST /staff/contacts/{contactId}/password-reset', { contactId });
      show({ json: status, text: readableStatus(status, zone) });
    });

  program
    .command('lift-suppression')
    .description('let email reach the address again')
    .argument('<contactId>', 'the contact', contactId)
    .option('--consent', 'the client agreed, after reporting an email as spam')
    .action(async (contactId, body, command) => {
      const { call, show, zone } = sessionOf(command.optsWithGlobals());
      const status = await call('POST /staff/contacts/{contactId}/suppression-removal', {
        contactId,
        body,
      });
      show({ json: status, text: readableStatus(status, zone) });
    });

  program
    .command('revoke')
    .description('take the access away')
    .argument('<contactId>', 'the contact', contactId)
    .addOption(yes())
    .action(async (contactId, { yes }, command) => {
      const { call, show } = sessionOf(command.optsWithGlobals());
      if (!(await isSure(`Take the portal away from contact ${contactId}?`, yes))) {
        return show(nothingDone);
      }
      await call('DELETE /staff/contacts/{contactId}/invitation', { contactId });
      show({ text: `Revoked: contact ${contactId} cannot sign in any more.` });
    });

  program
    .command('erase')
    .description("erase everything on the client's request")
    .argument('<contactId>', 'the contact', contactId)
    .addOption(yes())
    .action(async (contactId, { yes }, command) => {
      const { call, show } = sessionOf(command.optsWithGlobals());
      const question = `Erase everything about contact ${contactId}? This cannot be undone.`;
      if (!(await isSure(question, yes))) return show(nothingDone);
      await call('DELETE /staff/contacts/{contactId}', { contactId });
      show({ text: `Erased: contact ${contactId}.` });
    });

  program
    .command('diagnose')
    .description("why can't she get in?")
    .argument('<contactId|address>', 'the contact, or the address she uses', contactOrAddress)
    .action(async (about, _, command) => {
      const { call, show, zone } = sessionOf(command.optsWithGlobals());
      const diagnosis = about.includes('@')
        ? await call('POST /staff/diagnosis', { body: { email: about } })
        : await call('GET /staff/contacts/{contactId}/diagnosis', { contactId: about });
      show({ json: diagnosis, text: readableDiagnosis(diagnosis, zone) });
    });

  program
    .command('timeline')
    .description('what happened, newest first')
    .argument('<contactId>', 'the contact', contactId)
    .addOption(limit())
    .addOption(all())
    .action(async (contactId, wanted, command) => {
      const { call, show, zone } = sessionOf(command.optsWithGlobals());
      const { rows: entries, ...more } = await everyPage(wanted, async (query) => {
        const page = await call('GET /staff/contacts/{contactId}/timeline', { contactId, query });
        return { ...page, rows: page.entries };
      });
      const text = withMore(readableTimeline(entries, zone), more.next);
      show({ json: { entries, ...more }, text });
    });

  program
    .command('list')
    .description('who was invited and never accepted, unless filtered')
    .addOption(new Option('--status <status>').choices(withInvitation))
    .addOption(new Option('--delivery <state>').choices(deliveryStates))
    .addOption(limit())
    .addOption(all())
    .action(async ({ status, delivery, ...wanted }, command) => {
      const { call, show, zone } = sessionOf(command.optsWithGlobals());
      const filter = { ...(status && { status }), ...(delivery && { delivery }) };
      const { rows: contacts, ...more } = await everyPage(wanted, async (page) => {
        const list = await call('GET /staff/invitations', { query: { ...page, ...filter } });
        return { ...list, rows: list.contacts };
      });
      const text = withMore(readableList(contacts, zone), more.next);
      show({ json: { contacts, ...more }, text });
    });

  program
    .command('import')
    .description('Send Invitation for every row of a CSV file: contactId, email, name')
    .argument('<file.csv>', 'the file', text)
    .option('--dry-run', 'look at the rows and send nothing')
    .option('--report <file>', 'write what became of every row', text)
    .action(async (file, options, command) => {
      await importFile(file, options, sessionOf(command.optsWithGlobals()));
    });

  return program;
};
