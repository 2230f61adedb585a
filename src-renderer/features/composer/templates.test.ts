import { expect, test } from 'vitest';
import { AccountId, asUserKey } from '../../../src-shared/ids.ts';
import type { Composition } from '../../../src-shared/ipc/index.ts';
import { fillTemplate, unfilled, variablesOf } from './templates.ts';

const composition: Composition = {
  account: AccountId.parse(1),
  conversation: null,
  from: null,
  recipients: [{ role: 'to', key: asUserKey('anna@example.org'), name: 'Anna Maria Nowak' }],
  subject: 'Tea',
  text: '',
  format: 'plain',
  parts: [],
  replyTo: null,
  forwards: null,
};
const noon = new Date(2026, 2, 18, 12, 0);

test('a template is filled in with who it is for and when it is', () => {
  const variables = variablesOf(composition, { to: null, me: 'Jan' }, noon, 'en-GB');
  expect(fillTemplate('Dear {first_name} ({name}), on {date}, {weekday}: {subject}. {my_name}', variables)).toBe(
    'Dear Anna (Anna Maria Nowak), on 18 March 2026, Wednesday: Tea. Jan',
  );
  expect(fillTemplate('{date}', variablesOf(composition, { to: null, me: null }, noon, 'pl'))).toBe('18 marca 2026');
});

test('what is not known, or is no variable, stays in its braces', () => {
  const nobody = variablesOf({ ...composition, recipients: [] }, { to: null, me: null }, noon, 'en-GB');
  const text = fillTemplate('Dear {first_name}, {code} {constructor} from {my_name}', nobody);
  expect(text).toBe('Dear {first_name}, {code} {constructor} from {my_name}');
  expect(unfilled(text)).toEqual(['{first_name}', '{my_name}']);
});
