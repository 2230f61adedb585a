import type { Button, Part } from '../../../src-shared/model/index.ts';

/** What a person would read of a card and could press on it. */
export interface Card {
  readonly words: string;
  readonly buttons: readonly Button[];
}
/** Nothing a person reads is deeper, longer or more. */
const limits = { depth: 16, lines: 200, letters: 20_000, buttons: 20, label: 200, url: 8000 };

/**
 * Cards of apps: adaptive ones (https://adaptivecards.io/explorer) and those before them, whose fields have other names
 * (https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-reference). Words in their order;
 * pictures stay where they are, for fetching them would tell who looks.
 */
export function readCard(card: unknown): Card {
  const lines: string[] = [];
  const buttons: Button[] = [];
  const say = (...words: readonly unknown[]): void => {
    const line = words.filter((one): one is string => typeof one === 'string' && one.trim() !== '').join(': ');
    if (line !== '' && lines.length < limits.lines) lines.push(line.trim());
  };
  const press = (action: unknown, depth: number): void => {
    if (!isRecord(action) || buttons.length >= limits.buttons) return;
    const label = textIn(action, 'title') ?? textIn(action, 'name');
    if (label === undefined) return;
    const url = addressOf(action);
    const id = `button-${buttons.length}`;
    const called = { id, label: label.slice(0, limits.label) };
    buttons.push(url === undefined ? { ...called, action: 'other' } : { ...called, action: 'url', value: url });
    // A card within the card, shown when that button is pressed.
    walk(action.card, depth + 1);
  };
  const walk = (one: unknown, depth: number): void => {
    if (depth > limits.depth) return;
    if (Array.isArray(one)) for (const each of one) walk(each, depth + 1);
    if (!isRecord(one) || one.isVisible === false) return;
    const type = textIn(one, 'type') ?? '';
    if (type === 'RichTextBlock') say(asList(one.inlines).map(inline).join(''));
    else if (type.startsWith('Input.')) say(one.label ?? one.title ?? one.placeholder, one.value);
    else if (type.startsWith('Action.')) press(one, depth);
    else {
      for (const field of spoken) say(one[field]);
      for (const fact of asList(one.facts)) if (isRecord(fact)) say(fact.title ?? fact.name, fact.value);
      for (const field of holding) walk(one[field], depth + 1);
      for (const field of pressed) for (const action of asList(one[field])) press(action, depth + 1);
    }
  };
  walk(card, 0);
  return { words: lines.join('\n').slice(0, limits.letters), buttons };
}

/** As parts; none where a person would read nothing. */
export function cardParts(name: string, card: unknown): readonly Part[] {
  const { words, buttons } = readCard(card);
  if (words === '' && buttons.length === 0) return [];
  const text = words || buttons.map(({ label }) => label).join(', ');
  const read: Part = { kind: 'template', name, text, parameters: {} };
  return buttons.length === 0 ? [read] : [read, { kind: 'buttons', quickReplies: false, buttons: [...buttons] }];
}

const spoken = ['title', 'activityTitle', 'subtitle', 'activitySubtitle', 'text', 'activityText'] as const;
const holding = ['body', 'items', 'columns', 'rows', 'cells', 'sections', 'content'] as const;
const pressed = ['actions', 'buttons', 'potentialAction'] as const;

/** Where a button leads, whatever the card calls it; nowhere where it tells the app something. */
function addressOf(action: Readonly<Record<string, unknown>>): string | undefined {
  const [target] = asList(action.targets);
  const leads = textIn(action, 'type')?.toLowerCase() === 'openurl' ? action.value : undefined;
  const url = action.url ?? leads ?? (isRecord(target) ? target.uri : undefined);
  return typeof url === 'string' && /^https?:\/\//i.test(url) && url.length < limits.url ? url : undefined;
}
const inline = (one: unknown): string =>
  typeof one === 'string' ? one : isRecord(one) ? (textIn(one, 'text') ?? '') : '';
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textIn = (one: Readonly<Record<string, unknown>>, field: string): string | undefined => {
  const value = one[field];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
};
