import { expect, test } from 'vitest';
import { AccountId, LabelId } from '../../../src-shared/ids.ts';
import type { LabelView } from '../../../src-shared/ipc/index.ts';
import { row } from '../../testing/views.ts';
import { choicesFor, leftBy } from './label-choices.ts';

const label = (id: number, name: string, change: Partial<LabelView> = {}): LabelView => ({
  id: LabelId.parse(id),
  account: AccountId.parse(1),
  name,
  kind: 'folder',
  role: null,
  colour: null,
  unread: 0,
  conversations: 0,
  ...change,
});
const labels = [
  label(1, 'Work/Łódź'),
  label(2, 'Łódź'),
  label(3, 'Sent', { role: 'sent' }),
  label(4, 'Archive', { role: 'archive' }),
  label(5, 'Urgent', { kind: 'label' }),
  label(7, 'Receipts', { kind: 'keyword' }),
  label(6, 'Elsewhere', { account: AccountId.parse(2) }),
];
const names = (text: string, mode: 'label' | 'move') =>
  choicesFor({ labels, rows: [row(1)], text, mode }).map((choice) => choice.label.name);

test('one finds a label without its accents, its beginning first', () => {
  expect(names('lodz', 'label')).toEqual(['Łódź', 'Work/Łódź']);
});
test('one moves to folders and labels, the archive among them, out of the inbox; and puts on labels of one’s own', () => {
  expect(names('', 'move')).toEqual(['Archive', 'Łódź', 'Urgent', 'Work/Łódź']);
  const [urgent, folder] = [labels[4], labels[1]];
  if (!urgent || !folder) throw new Error('Two labels are missing');
  const inbox = label(8, 'Inbox', { role: 'inbox' });
  expect(leftBy([...labels, inbox], urgent)).toEqual([inbox.id]);
  expect(leftBy([...labels, inbox], folder)).toEqual([]);
  expect(names('', 'label')).toEqual(['Łódź', 'Receipts', 'Urgent', 'Work/Łódź']);
});
test('each says whether all, some or none of the conversations have it', () => {
  const rows = [row(1, { labels: [LabelId.parse(2), LabelId.parse(5)] }), row(2, { labels: [LabelId.parse(2)] })];
  expect(choicesFor({ labels, rows, text: '', mode: 'label' }).map((choice) => choice.state)).toEqual([
    'all',
    'none',
    'some',
    'none',
  ]);
});
