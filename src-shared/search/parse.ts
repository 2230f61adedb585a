import { fold } from '../text/fold.ts';
import { isPlainDate, readDate, type Span } from './dates.ts';
import type { Clause, Query, TextField, Understood } from './query.ts';
import { type Token, tokenize } from './tokens.ts';
import { flags, havings, kinds, readSize, views } from './values.ts';
import { wordsOf } from './words.ts';

type Read = { readonly clause: Clause; readonly field: string; readonly value: string };
type Operator = (token: Token, now: number) => Read | null;

/**
 * Reads the search box. Never fails: what is no operator, or an operator with a value it does not know, is words.
 * `now` (Unix ms) is what relative dates count from.
 */
export function parse(text: string, now: number): Query {
  const clauses: Clause[] = [];
  const understood: Understood[] = [];
  const tokens = tokenize(text);
  for (let i = 0; i < tokens.length; ) {
    const { read, taken } = readAt(tokens, i, now);
    i += taken;
    if (!read) continue;
    clauses.push(read.clause);
    understood.push({ field: read.field, value: read.value, negated: read.clause.negated });
  }
  return { clauses, understood };
}

function readAt(tokens: readonly Token[], at: number, now: number): { read: Read | null; taken: number } {
  const first = tokens[at];
  if (!first) return { read: null, taken: 1 };
  const lone = /^([\p{L}_-]+):$/u.exec(first.value)?.[1]?.toLowerCase();
  const next = tokens[at + 1];
  // "from: anna": the blank after the colon was not meant.
  if (first.operator === null && !first.quoted && lone !== undefined && next && operators[lone] && !next.operator) {
    const joined = { ...next, negated: first.negated, operator: lone, source: `${first.source}${next.source}` };
    const { read, taken } = readAt([joined, ...tokens.slice(at + 2, at + 5)], 0, now);
    return { read, taken: taken + 1 };
  }
  const operator = first.operator === null ? undefined : operators[first.operator];
  if (operator && dated.has(first.operator ?? '') && !first.quoted && !isPlainDate(first.value)) {
    // A date of several words needs no quotes: "after:last week". The longest that is one counts.
    for (let more = 3; more > 0; more -= 1) {
      const rest = tokens.slice(at + 1, at + 1 + more);
      if (rest.length < more || rest.some((token) => token.operator !== null || token.quoted || token.negated))
        continue;
      const read = operator({ ...first, value: [first, ...rest].map((token) => token.value).join(' ') }, now);
      if (read) return { read, taken: 1 + more };
    }
  }
  return { read: operator?.(first, now) ?? asWords(first), taken: 1 };
}

function asWords(token: Token): Read | null {
  const value = token.operator === null ? token.value : token.source.replaceAll(/["“”„]/gu, '');
  return textClause(token, 'any', value);
}

function textClause(token: Token, field: TextField, value: string): Read | null {
  const words = wordsOf(value);
  const last = words.at(-1);
  if (last === undefined) return null;
  const starred = value.endsWith('*');
  const prefix = starred || (token.open && !token.quoted && last.length > 1 && /[\p{L}\p{N}]$/u.test(value));
  const name = field === 'any' ? (token.quoted ? 'phrase' : 'words') : field;
  return {
    clause: { is: 'text', field, words, exact: token.quoted, prefix, negated: token.negated },
    field: name,
    value: value.trim(),
  };
}

const text =
  (field: TextField): Operator =>
  (token) =>
    textClause(token, field, token.value);
const person =
  (side: 'from' | 'to'): Operator =>
  (token) =>
    /^(?:me|mnie|ja)$/u.test(token.value.toLowerCase())
      ? { clause: { is: 'mine', side, negated: token.negated }, field: side, value: 'me' }
      : textClause(token, side, token.value);
const named =
  (is: 'channel' | 'account' | 'label'): Operator =>
  (token) => {
    const name = fold(token.value).trim();
    return name ? { clause: { is, name, negated: token.negated }, field: is, value: token.value } : null;
  };
const has: Operator = ({ value, negated }) => {
  const what = havings.get(value.toLowerCase());
  return what ? { clause: { is: 'has', what, negated }, field: 'has', value: what } : null;
};
const inView: Operator = (token, now) => {
  const view = views.get(token.value.toLowerCase());
  if (view) return { clause: { is: 'view', view, negated: token.negated }, field: 'in', value: view };
  return named('label')(token, now);
};
const is: Operator = (token, now) => {
  const value = token.value.toLowerCase();
  const { negated } = token;
  const flag = flags.get(value);
  if (flag) return { clause: { is: 'flag', flag, negated }, field: 'is', value: flag };
  const kind = kinds.get(value);
  if (kind) return { clause: { is: 'kind', kind, negated }, field: 'is', value: kind };
  return views.has(value) ? inView(token, now) : null;
};
const time =
  (bounds: (span: Span) => { from: number | null; until: number | null }): Operator =>
  ({ operator, value, negated }, now) => {
    const span = readDate(value, now);
    if (!span) return null;
    const { from, until } = bounds(span);
    const days = from !== null && until !== null ? [from, until - 1] : [from ?? until ?? now];
    return {
      clause: { is: 'time', from, until, negated },
      field: operator ?? 'on',
      value: [...new Set(days.map(isoDay))].join('/'),
    };
  };
const after = time(({ from }) => ({ from, until: null }));
const before = time(({ from }) => ({ from: null, until: from }));
const on = time((span) => span);
const size =
  (bounds: (bytes: number) => { least: number | null; most: number | null }): Operator =>
  ({ operator, value, negated }) => {
    const bytes = readSize(value);
    return bytes === null
      ? null
      : { clause: { is: 'size', ...bounds(bytes), negated }, field: operator ?? 'larger', value };
  };

const operators: Readonly<Record<string, Operator>> = Object.assign(Object.create(null), {
  from: person('from'),
  to: person('to'),
  cc: person('to'),
  bcc: person('to'),
  subject: text('subject'),
  body: text('body'),
  filename: text('filename'),
  file: text('filename'),
  in: inView,
  is,
  has,
  channel: named('channel'),
  account: named('account'),
  label: named('label'),
  after,
  since: after,
  newer_than: after,
  before,
  until: before,
  older_than: before,
  on,
  date: on,
  larger: size((least) => ({ least, most: null })),
  smaller: size((most) => ({ least: null, most })),
} satisfies Record<string, Operator>);
const dated: ReadonlySet<string> = new Set([
  'after',
  'since',
  'newer_than',
  'before',
  'until',
  'older_than',
  'on',
  'date',
]);

/** The local date, `2024-05-01`. */
function isoDay(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
