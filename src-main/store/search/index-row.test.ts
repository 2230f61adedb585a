import { describe, expect, it } from 'vitest';
import { asBlobRef } from '../../../src-shared/ids.ts';
import type { Content, Part } from '../../../src-shared/model/index.ts';
import { contentWords, type Indexed, indexRow, maxIndexedText, personWords } from './index-row.ts';

const row = ({ subject, parts = [], ...more }: Partial<Indexed & Pick<Content, 'subject' | 'parts'>>) =>
  indexRow(
    { account: 7, fromMe: false, toMe: false, author: '', recipients: '', ...more },
    contentWords({ subject, parts }),
  );
const media = (mime: string, more: object = {}) => ({ ref: asBlobRef('2'), mime, ...more });
const tags = (...parts: Part[]) => row({ parts }).tags.replaceAll('\u{E010}', '').split(' ').slice(1).toSorted();

describe('the index row of a message', () => {
  it('folds every column', () => {
    expect(
      row({
        subject: 'Żółć',
        author: personWords(['Łukasz', undefined, 'lukasz@example.com', 'Łukasz']),
        recipients: personWords(['Ænne']),
        parts: [
          { kind: 'text', format: 'plain', text: 'STRAẞE' },
          { kind: 'document', media: media('text/plain', { name: 'Übersicht.TXT' }) },
        ],
      }),
    ).toMatchObject({
      subject: 'zolc',
      author: 'lukasz lukasz@example.com',
      recipients: 'aenne',
      body: 'strasse',
      files: 'ubersicht.txt',
    });
  });
  it('takes the words of HTML from its plain text, never from mark-up', () => {
    const html = '<b onclick="evil">Hello</b>';
    expect(row({ parts: [{ kind: 'text', format: 'html', text: html, plain: 'Hello' }] }).body).toBe('hello');
    expect(row({ parts: [{ kind: 'text', format: 'html', text: html }] }).body).toBe('');
  });
  it('has the words of parts that are no text', () => {
    const poll: Part = {
      kind: 'poll',
      question: 'Where to eat?',
      options: [{ id: '1', text: 'Pierogi' }],
      multiple: false,
      closed: false,
    };
    const place: Part = { kind: 'location', latitude: 52.2, longitude: 21, name: 'Rynek' };
    expect(row({ parts: [poll, place] }).body).toBe('where to eat?\npierogi\nrynek');
  });
  it('stops at a bound', () => {
    const text = 'word '.repeat(100_000);
    expect(row({ parts: [{ kind: 'text', format: 'plain', text }] }).body).toHaveLength(maxIndexedText);
  });
  it('lets nobody write a tag into a text', () => {
    expect(row({ subject: 'a \u{E010}a1 b' }).subject).not.toContain('\u{E010}');
  });
  it('tags what can be filtered by', () => {
    expect(row({ fromMe: true, toMe: true }).tags).toBe('\u{E010}a7 \u{E010}fm \u{E010}tm');
    expect(tags({ kind: 'image', media: media('image/png') })).toEqual(['hattachment', 'himage']);
    expect(tags({ kind: 'image', media: media('image/png', { inline: true }) })).toEqual(['himage']);
    expect(tags({ kind: 'document', media: media('application/pdf') })).toEqual(['hattachment', 'hdocument', 'hpdf']);
    expect(tags({ kind: 'text', format: 'plain', text: 'see https://example.com' })).toEqual(['hlink']);
    expect(tags({ kind: 'text', format: 'plain', text: 'nothing' })).toEqual([]);
  });
});
