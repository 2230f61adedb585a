import type { Composition } from '../../../src-shared/ipc/index.ts';

/** What `{...}` in a template stands for; null where it is not known. */
export interface Variables {
  readonly name: string | null;
  readonly my_name: string | null;
  readonly subject: string | null;
  readonly date: string;
  readonly time: string;
  readonly weekday: string;
}
export const variableNames = ['first_name', 'name', 'my_name', 'subject', 'date', 'time', 'weekday'] as const;
type VariableName = (typeof variableNames)[number];

const isVariable = (name: string): name is VariableName => (variableNames as readonly string[]).includes(name);
const known = (name: VariableName, variables: Variables): string | null =>
  name === 'first_name' ? (variables.name?.split(/\s+/)[0] ?? null) : variables[name];

/** The template with what is known filled in; what is not stays in its braces, to be seen and filled by hand. */
export const fillTemplate = (text: string, variables: Variables): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (isVariable(name) ? known(name, variables) : null) ?? whole);

/** Braces that are left: nobody wants to be greeted as {first_name}. */
export const unfilled = (text: string): readonly string[] => [
  ...new Set(variableNames.map((name) => `{${name}}`).filter((name) => text.includes(name))),
];

const addressOf = (key: string): string => key.replace(/^mailto:/, '');
export function variablesOf(
  composition: Composition,
  who: { readonly to: string | null; readonly me: string | null },
  now: Date,
  locale: string,
): Variables {
  const first = composition.recipients.find((one) => one.role === 'to');
  const say = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat(locale, options).format(now);
  const name = first?.name ?? (first && !addressOf(first.key).includes('@') ? first.key : null) ?? who.to;
  return {
    name: name === '' ? null : name,
    my_name: who.me === '' ? null : who.me,
    subject: composition.subject === '' ? null : composition.subject,
    date: say({ dateStyle: 'long' }),
    time: say({ timeStyle: 'short' }),
    weekday: say({ weekday: 'long' }),
  };
}
