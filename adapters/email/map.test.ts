import type { MessageStructureObject } from 'imapflow';
import { expect, it } from 'vitest';
import {
  findSection,
  isLabelKeyword,
  keywordName,
  keywordsOf,
  planParts,
  toFlags,
  toFlagWords,
  uidSet,
} from './map.ts';

it('reads flags whatever case the server writes them in, and says of each whether it is set', () => {
  expect(toFlags(new Set(['\\seen', '$FORWARDED', 'Urgent']))).toEqual({
    read: true,
    starred: false,
    answered: false,
    forwarded: true,
    draft: false,
    important: false,
  });
});

it('changes only the flags it is told to', () => {
  expect(toFlagWords({ read: true, starred: false })).toEqual({ add: ['\\Seen'], remove: ['\\Flagged'] });
});

it("takes a person's keywords for labels and a machine's notes for none", () => {
  const flags = new Set([
    '\\Seen',
    '$Label1',
    'Urgent',
    'NonJunk',
    '$MDNSent',
    '$X-ME-Annot-2',
    'JunkRecorded',
    '$Forwarded',
  ]);
  expect(keywordsOf(flags)).toEqual(['$Label1', 'Urgent', 'JunkRecorded']);
  expect(isLabelKeyword('$HasAttachment')).toBe(false);
  expect(keywordName('$Label4')).toBe('To do');
  expect(keywordName('Urgent')).toBe('Urgent');
});

it('writes UIDs as the shortest sequence set', () => {
  expect(uidSet([9, 5, 6, 7, 3, 7])).toBe('3,5:7,9');
  expect(uidSet([])).toBe('');
});

// As imapflow reads a BODYSTRUCTURE of a mail with text in two forms, an inline picture and a file.
const structure: MessageStructureObject = {
  type: 'multipart/mixed',
  childNodes: [
    {
      part: '1',
      type: 'multipart/related',
      childNodes: [
        {
          part: '1.1',
          type: 'multipart/alternative',
          childNodes: [
            {
              part: '1.1.1',
              type: 'text/plain',
              parameters: { charset: 'utf-8', format: 'flowed' },
              encoding: '7bit',
              size: 10,
            },
            {
              part: '1.1.2',
              type: 'text/html',
              parameters: { charset: 'utf-8' },
              encoding: 'quoted-printable',
              size: 20,
            },
          ],
        },
        { part: '1.2', type: 'image/png', id: '<pic@x>', encoding: 'base64', size: 7800, disposition: 'inline' },
      ],
    },
    {
      part: '2',
      type: 'application/pdf',
      encoding: 'base64',
      size: 78_000,
      disposition: 'attachment',
      dispositionParameters: { filename: 'Rechnung "März".pdf' },
    },
    { part: '3', type: 'message/rfc822', size: 500, childNodes: [{ part: '3', type: 'text/plain' }] },
  ],
};

it('plans to fetch the words and to leave the files', () => {
  const plan = planParts(structure);
  expect(plan.text).toEqual({
    section: '1.1.1',
    contentType: 'text/plain; charset="utf-8"; format="flowed"',
    transferEncoding: '7bit',
  });
  expect(plan.html?.section).toBe('1.1.2');
  expect(plan.attachments.map(({ section, inline }) => [section, inline])).toEqual([
    ['1.2', true],
    ['2', false],
    ['3', false],
  ]);
  expect(plan.attachments[0]).toMatchObject({ contentId: 'pic@x' });
  expect(plan.attachments[1]).toMatchObject({ name: 'Rechnung "März".pdf', bytes: 57_000 });
});

it('knows the single part of a message without parts as section 1', () => {
  const single: MessageStructureObject = { type: 'text/plain', size: 5 };
  expect(planParts(single).text?.section).toBe('1');
  expect(findSection(single, '1')).toBe(single);
  expect(findSection(structure, '1.2')?.type).toBe('image/png');
  expect(findSection(structure, '7')).toBeUndefined();
});
