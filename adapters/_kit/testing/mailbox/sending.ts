import { describe, expect, it } from 'vitest';
import { asMessageKey } from '../../../../src-shared/model/index.ts';
import { eachAtADesk, failure, target } from './desk.ts';
import type { MailSubject } from './subject.ts';
import type { MailNetwork } from './world.ts';

/** What goes out: letters, drafts, changes. */
export function sendsOnce<N extends MailNetwork>(subject: MailSubject<N>): void {
  const { bad, look, touch, stages } = subject;
  const desk = eachAtADesk(subject, { talks: 3, messages: 8 });
  const arm = (...[trigger, fault]: MailSubject<N>['bad']['patience']) => desk.world.network.faults.arm(trigger, fault);
  const drafts = () => look.drafts(desk.world.network);

  describe('sending', () => {
    it('answers into the thread of what it answers, with its references', async () => {
      const { network, memory } = desk.world;
      const replyTo = asMessageKey(look.inInbox(network)[0] ?? '');
      const { subject: title = '', links = [] } = memory.message(replyTo) ?? {};
      const more = { replyTo, subject: `Re: ${title.replace(/^Re: /, '')}`, references: links };
      const result = await desk.send('answer', more);
      if (result.is !== 'sent') throw new Error('not sent');
      expect(look.threadOf(network, result.key)).toBe(look.threadOf(network, replyTo));
      expect(desk.header('In-Reply-To')).toBe(`<${links[0]}>`);
      expect(desk.header('References')).not.toContain(`${subject.id}-thread`);
    });

    it('waits when it is asked for patience, and sends once', async () => {
      arm(...bad.patience);
      await desk.send('patient');
      expect(desk.sent()).toHaveLength(1);
      expect(desk.world.network.faults.waiting).toBe(0);
    });

    it('sends once with a token that has just run out', async () => {
      desk.world.network.grants.expire();
      await desk.send('late');
      expect(desk.sent()).toHaveLength(1);
    });

    it('puts off what cannot be sent because access was taken back', async () => {
      desk.world.network.grants.revoke();
      expect(await failure(desk.send('shut out'))).toMatchObject({ code: 'auth', outcome: 'not-done' });
      expect(desk.sent()).toHaveLength(0);
    });
  });

  describe('a fate nobody knows', () => {
    it('is found out by looking, and nothing is sent twice', async () => {
      arm({ path: /send$/ }, { is: 'cut-after' });
      const { stages: reached, outcome } = await desk.trySend('cut off');
      expect(outcome).toMatchObject({ outcome: 'unknown' });
      const [there] = desk.sent();
      expect(reached.at(-1)).toBe(subject.offered(there?.id ?? ''));
      const found = await desk.reconcile('cut off', reached);
      expect(found).toMatchObject({ is: 'sent', result: { is: 'sent', key: there?.id } });
      expect(desk.sent()).toHaveLength(1);
    });

    it('is absence only once a request under way would have ended; then it goes out, once', async () => {
      arm({ path: /send$/ }, { is: 'cut-before' });
      const { stages: reached, outcome } = await desk.trySend('lost');
      expect(outcome).toMatchObject({ outcome: 'unknown' });
      expect(await desk.reconcile('lost', reached)).toMatchObject({ is: 'undecided' });
      await desk.world.clock.advance(21_000);
      expect(await desk.reconcile('lost', reached)).toEqual({ is: 'absent' });
      expect(await desk.send('lost', {}, { stage: reached.at(-1) })).toMatchObject({
        is: 'sent',
        key: desk.sent()[0]?.id,
      });
      expect(desk.sent()).toHaveLength(1);
      expect(drafts()).toEqual([]);
    });

    it('is waited for once, however often the program starts anew meanwhile', async () => {
      arm({ path: /send$/ }, { is: 'cut-before' });
      const { stages: reached } = await desk.trySend('anew');
      const afresh = () => desk.reconcile('anew', reached, desk.world.open().session);
      expect(await afresh()).toMatchObject({ is: 'undecided' });
      const noted = reached.length;
      await desk.world.clock.advance(21_000);
      expect(await afresh()).toEqual({ is: 'absent' });
      expect(reached).toHaveLength(noted);
      const again = await desk.trySend('anew', {}, { stage: reached.at(-1) });
      expect(again.outcome).toMatchObject({ is: 'sent' });
      // What is offered again has to be waited for again.
      expect(again.stages[0]).toBe(subject.offered(desk.sent()[0]?.id ?? ''));
      expect(desk.sent()).toHaveLength(1);
      expect(drafts()).toEqual([]);
    });

    it('is none where nothing was offered', async () => {
      expect(await desk.reconcile('never', [])).toEqual({ is: 'absent' });
    });

    it('is none where the network has answered: what it took is never sent again', async () => {
      const { stages: reached } = await desk.trySend('taken');
      expect(reached.map((stage) => stage.split(':')[0])).toEqual(stages);
      const again = await desk.send('taken', {}, { stage: reached.at(-1) });
      expect(again).toMatchObject({ is: 'sent', key: desk.sent()[0]?.id });
      expect(await desk.reconcile('taken', reached)).toMatchObject({ is: 'sent' });
      expect(desk.sent()).toHaveLength(1);
    });

    it('is what a breakdown leaves behind, too', async () => {
      arm({ path: /send$/ }, { is: 'answer', reply: { status: 502, json: {} } });
      expect(await failure(desk.send('broken'))).toMatchObject({ code: 'server', outcome: 'unknown' });
    });

    it('is known although reading it back failed: it is sent, and comes as news', async () => {
      arm(...bad.readBack);
      expect(await desk.send('unread')).toMatchObject({ is: 'sent', key: desk.sent()[0]?.id });
      await desk.world.until(() => desk.world.memory.messages.some(({ txn }) => txn === 'unread'));
      expect(desk.world.network.faults.waiting).toBe(0);
      expect(desk.sent()).toHaveLength(1);
    });
  });

  describe('drafts', () => {
    it('are saved, one in the place of the other, and thrown away', async () => {
      const first = await desk.saveDraft('one', 'One');
      expect(drafts()).toEqual([first.key]);
      const second = await desk.saveDraft('two', 'Two', first.key);
      expect(drafts()).toEqual([second.key]);
      expect(second).toMatchObject({ elsewhere: false });
      expect(second.events).toContainEqual(expect.objectContaining({ type: 'removed', target: first.key }));
      const discard = () => desk.world.passing(desk.session.drafts.discard(second.key, desk.options('away')));
      await discard();
      expect(drafts()).toEqual([]);
      await discard();
    });

    it('are not doubled by a second try of a save nobody knows the fate of', async () => {
      arm(...bad.draftSaved);
      expect((await failure(desk.saveDraft('once', 'Once'))).outcome).toBe('unknown');
      const again = await desk.saveDraft('once', 'Once');
      expect(drafts()).toEqual([again.key]);
      arm(...bad.draftReplaced);
      await failure(desk.saveDraft('twice', 'Twice', again.key));
      desk.world.network.faults.clear();
      const replaced = await desk.saveDraft('twice', 'Twice', again.key);
      expect(drafts()).toEqual([replaced.key]);
      expect(replaced).toMatchObject({ elsewhere: false });
    });

    it('say so when other hands were at them', async () => {
      const first = await desk.saveDraft('mine', 'Mine');
      touch.loseDraft(desk.world.network, first.key);
      expect(await desk.saveDraft('longer', 'Mine, longer', first.key)).toMatchObject({ elsewhere: true });
    });
  });

  describe('changing what is there', () => {
    it('finds the label there is when another has made it first', async () => {
      const make = (name: string) => desk.world.passing(desk.session.label.create(name, desk.options(name)));
      const made = await make('Windows');
      expect(await make('Windows')).toBe(made);
    });

    it('says so when the message is gone, and is not put off by one gone among several', async () => {
      const { network } = desk.world;
      const [gone = '', left = ''] = network.mailbox.messages.map(({ id }) => id);
      network.mailbox.delete(gone);
      const star = (...ids: string[]) =>
        desk.world.passing(
          desk.session.flag.set(
            ids.map((id) => target(asMessageKey(id))),
            { starred: true },
            desk.options('star'),
          ),
        );
      await star(gone, left);
      expect(look.starred(network, left)).toBe(true);
      expect(await failure(star(gone))).toMatchObject({ code: 'gone', outcome: 'refused' });
    });
  });

  it('reads the address book, and does without where that is not allowed', async () => {
    const people: string[] = [];
    const read = async () => {
      for await (const events of desk.session.contacts.list(new AbortController().signal))
        for (const event of events) if (event.type === 'user') people.push(event.key);
    };
    await desk.world.passing(read());
    expect(people).toContain('sam.okafor@tidewater.example');
    expect(new Set(people).size).toBe(10);
    arm(...bad.noContacts);
    await desk.world.passing(read());
    expect(people).toHaveLength(10);
  });
}
