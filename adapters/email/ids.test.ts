import { expect, it } from 'vitest';
import { asLabelKey, asTxnId } from '../../src-shared/model/index.ts';
import {
  folderLabel,
  folderScope,
  keywordLabel,
  messageIdOf,
  parseLabel,
  parseRef,
  pathOfScope,
  refOf,
} from './ids.ts';

it('reads back every key it writes', () => {
  expect(parseLabel(folderLabel('Projects/Bells: new'))).toEqual({ is: 'folder', path: 'Projects/Bells: new' });
  expect(parseLabel(keywordLabel('$Label1'))).toEqual({ is: 'keyword', keyword: '$Label1' });
  expect(parseLabel(asLabelKey('something else'))).toBeUndefined();
  expect(parseRef(refOf(4_294_967_297n, 12))).toEqual({ uidValidity: '4294967297', uid: 12 });
  expect(parseRef('nonsense')).toBeUndefined();
  expect(pathOfScope(folderScope('INBOX'))).toBe('INBOX');
  expect(pathOfScope('orphans')).toBeUndefined();
});

it('makes the same Message-ID of the same transaction, and another of another', () => {
  const one = messageIdOf(asTxnId('t1'), 'ann@Bücher.example');
  expect(one).toBe(messageIdOf(asTxnId('t1'), 'ann@Bücher.example'));
  expect(one).not.toBe(messageIdOf(asTxnId('t2'), 'ann@Bücher.example'));
  expect(one).toMatch(/^[0-9a-f]{40}@xn--bcher-kva\.example$/);
});
