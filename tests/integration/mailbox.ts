import { expect, it } from 'vitest';
import type { MailNetwork } from '../../adapters/_kit/testing/mailbox/index.ts';
import type { Composition } from '../../src-shared/ipc/index.ts';
import type { AccountId } from '../../src-shared/model/index.ts';
import { type LivedIn, type LivedInOptions, livedIn, soon } from './lived-in.ts';

export interface MailboxHome<N extends MailNetwork> extends LivedInOptions<N> {
  /** Threads with a message in the inbox, as the network counts them. */
  threads(network: N): number;
  /** Messages of the thread of one. */
  threadOf(network: N, id: string): number;
  inInbox(network: N, id: string): boolean;
  /** Another device reads it. */
  read(network: N, id: string): void;
}

/** A mailbox from the first login to the day access is taken back, and the login after it. Answers where it is lived in. */
export function mailboxAtHome<N extends MailNetwork>(options: MailboxHome<N>): LivedIn<N> {
  const home = livedIn(options);
  const { inbox, titled, online, messages } = home;
  let account: AccountId;
  const sent = () => home.network.mailbox.ledger.of('sent');
  /** The letter of that subject on the network. */
  const there = (subject: string): string => {
    const line = `Subject: ${subject}\r\n`;
    const found = home.network.mailbox.messages.find(({ raw }) => raw.toString('latin1').includes(line));
    if (!found) throw new Error(`no letter “${subject}”`);
    return found.id;
  };
  const expectInbox = async () => expect(await inbox()).toHaveLength(options.threads(home.network));

  it('logs in by the browser, and the mailbox comes in with the threads the network has', async () => {
    await home.logIn();
    account = (await soon('there is an account', async () => (await home.bench.call('accounts.list', {}))[0])).id;
    await online();
    const all = home.network.mailbox.messages.length;
    await soon('everything is here', async () => (await messages()) === all);
    await expectInbox();
  });

  it('shows a letter soon after its coming', async () => {
    home.network.write('Just now');
    expect(await soon('it is in the inbox', () => titled('Just now'))).toMatchObject({ unread: 1 });
  });

  it('answers a letter into its thread, shown once as sent', async () => {
    const { bench, network } = home;
    const row = await soon('the letter is there', () => titled('Just now'));
    const pageOf = async () => (await bench.call('conversation.page', { conversation: row.id })).messages;
    const [question] = await pageOf();
    if (!question) throw new Error('no message');
    const { quoted: _, ...start } = await bench.call('compose.start', { kind: 'reply', message: question.id });
    const composition: Composition = { ...start, text: 'I have now.', format: 'plain' };
    await bench.call('compose.send', { ...composition, notBefore: 0 });
    await soon('it is sent', async () => sent().length === 1);
    expect(options.threadOf(network, sent()[0]?.id ?? '')).toBe(2);
    await soon('it is shown as sent', async () =>
      (await pageOf()).every(({ delivery }) => (delivery?.state ?? 'sent') === 'sent'),
    );
    network.write('Another');
    await soon('the network has been looked at since', () => titled('Another'));
    expect(await pageOf()).toHaveLength(2);
  });

  it('finds out what became of a send that was cut off, and shows it once', async () => {
    const { bench, network } = home;
    network.faults.arm({ path: /send$/ }, { is: 'cut-after' });
    const to = 'ines@northwind.example';
    const { quoted: _, ...start } = await bench.call('compose.start', { kind: 'new', account, to });
    const { message } = await bench.call('compose.send', {
      ...start,
      subject: 'Once only',
      text: 'Once.',
      notBefore: 0,
    });
    await soon('it is settled', async () => {
      const found = await bench.call('message.get', { message });
      return found && (found.delivery === null || found.delivery.state === 'sent');
    });
    expect(sent().filter(({ subject }) => subject === 'Once only')).toHaveLength(1);
    const { rows } = await bench.call('inbox.page', { view: 'sent', limit: 200 });
    expect(rows.filter(({ title }) => title === 'Once only')).toHaveLength(1);
  });

  it('archives there what is archived here, and follows what another device does', async () => {
    const { bench, network } = home;
    const row = await soon('the letter is there', () => titled('Another'));
    const id = there('Another');
    const archive = (on: boolean) => bench.call('act.archive', { conversations: [row.id], on });
    await archive(true);
    expect(await titled('Another')).toBeUndefined();
    await soon('it is archived there', async () => !options.inInbox(network, id));
    await archive(false);
    await soon('it is back there', async () => options.inInbox(network, id));
    options.read(network, id);
    await soon('it is read here too', async () => (await titled('Another'))?.unread === 0);
  });

  it('is the same after a crash, with what came meanwhile', async () => {
    const before = await messages();
    await home.bench.crash();
    home.network.write('While away');
    await online();
    await soon('the new letter is there', () => titled('While away'));
    expect(await messages()).toBe(before + 1);
    await expectInbox();
  });

  it('asks for a login when access was taken back, keeps everything, and goes on after it', async () => {
    const before = await messages();
    home.network.grants.revoke();
    await soon('it is noticed', async () => (await home.state())?.is === 'needs-login');
    expect(await messages()).toBe(before);
    home.network.write('After the break');
    await home.logIn(account);
    await online();
    await soon('the new letter is there', () => titled('After the break'));
    expect(await home.bench.call('accounts.list', {})).toHaveLength(1);
    expect(home.bench.logged.join('\n')).not.toContain('sim-secret');
  });
  return home;
}
