import { describe, expect, it } from 'vitest';
import { splitQuotes, visibleText } from './quotes.ts';

const kinds = (text: string) => splitQuotes(text).map(({ kind, start, end }) => [kind, text.slice(start, end).trim()]);

describe('Quotations of plain text', () => {
  it('are folded with the line that says who wrote them', () => {
    expect(
      kinds('Fine by me.\n\nOn Tue, 1 Mar 2011 at 18:02, Ann <ann@example.org> wrote:\n> Shall we?\n>\n> Ann\n'),
    ).toEqual([
      ['visible', 'Fine by me.'],
      ['quoted', 'On Tue, 1 Mar 2011 at 18:02, Ann <ann@example.org> wrote:\n> Shall we?\n>\n> Ann'],
    ]);
  });

  it.each([
    ['Am 29.04.2019 um 12:26 schrieb Jörg <j@example.de>:'],
    ['Le lun. 29 avr. 2019 à 12:26, Zoé <z@example.fr> a écrit :'],
    ['W dniu 29.04.2019 o 12:26, Łukasz Żak pisze:'],
    ['pon., 29 kwi 2019 o 12:26 Łukasz Żak <l@example.pl> napisał(a):'],
    ['On Dec 16, 2011, at 12:47 PM, Corey\n<reply@example.com>\nwrote:'],
  ])('know how other languages and broken lines begin them: %s', (attribution) => {
    expect(visibleText(`Yes.\n\n${attribution}\n\n> No?\n`)).toBe('Yes.');
  });

  it.each([
    ['-----Original Message-----\nFrom: Ann\nSent: Monday\nTo: Bob\nSubject: Plan\n\nShall we?'],
    [
      '________________________________\nVon: Ann <a@example.de>\nGesendet: Montag, 1. Juli 2024\nAn: Bob\nBetreff: Plan\n\nWollen wir?',
    ],
    ['Od: Anna <a@example.pl>\nWysłano: 1 lipca 2024 12:00\nDo: Bogdan\nTemat: Plan\n\nIdziemy?'],
    ['*De :* Anne\n*Envoyé :* lundi\n*À :* Bob\n*Objet :* Plan\n\nOn y va ?'],
  ])('reach to the end below a copied header: %s', (copied) => {
    expect(visibleText(`Yes.\n\n${copied}\n`)).toBe('Yes.');
  });

  it('stay in sight when they are short and answered below', () => {
    const text = '> Tea?\nYes.\n> Milk?\nNo.\n';
    expect(visibleText(text)).toBe(text.trim());
  });

  it('are folded above an answer when they are long', () => {
    const long = Array.from({ length: 20 }, (_, i) => `> line ${i}`).join('\n');
    expect(visibleText(`Ann wrote:\n${long}\n\nI agree.\n`)).toBe('I agree.');
  });

  it('are all there is: then nothing is folded', () => {
    expect(kinds('> only\n> this\n')).toEqual([['visible', '> only\n> this']]);
  });

  it('are not what is forwarded', () => {
    const text =
      '---------- Forwarded message ----------\nFrom: Ann\nDate: Monday\nSubject: Plan\nTo: Bob\n\nShall we?\n';
    expect(splitQuotes(text)).toEqual([{ kind: 'visible', start: 0, end: text.length }]);
  });
});

describe('Signatures of plain text', () => {
  it('begin after two dashes and a blank', () => {
    expect(kinds('Hello.\n\n-- \nRick\n')).toEqual([
      ['visible', 'Hello.'],
      ['signature', '-- \nRick'.trim()],
    ]);
  });

  it('are lines a device wrote, and no sentence that merely begins so', () => {
    expect(visibleText('Hello.\n\nSent from my iPhone\n')).toBe('Hello.');
    expect(visibleText('Hello.\n\nWysłane z iPhone\n')).toBe('Hello.');
    expect(visibleText('Hello.\n\nSent from my desk, is much easier then my mobile phone.\n')).toContain('desk');
  });

  it('stand above a quotation too', () => {
    expect(
      kinds('Yes.\n\nSent from my iPhone\n\nOn 1 May 2020, at 10:00, Ann <a@example.org> wrote:\n> Tea?\n').map(
        ([kind]) => kind,
      ),
    ).toEqual(['visible', 'signature', 'quoted']);
  });
});

describe('Splitting', () => {
  it('covers every character once, in order', () => {
    const text = 'a\n> b\n\nc\n-- \nd\n';
    expect(
      splitQuotes(text)
        .map(({ start, end }) => text.slice(start, end))
        .join(''),
    ).toBe(text);
  });

  it('takes time in proportion to the text', () => {
    const began = process.cpuUsage();
    for (const text of [
      '> a\nb\n'.repeat(50_000),
      'On a wrote:\n'.repeat(50_000),
      'From: a\nSent: 1\n\n'.repeat(30_000),
      `${' '.repeat(300_000)}:`,
    ])
      splitQuotes(text);
    const { user, system } = process.cpuUsage(began);
    // By the processor's time: others may load the machine. Microseconds.
    expect(user + system).toBeLessThan(5_000_000);
  });
});
