import { z } from 'zod';
import type { Handlers, Settings } from '../../../src-shared/ipc/index.ts';
import { keyPresets } from '../../../src-shared/ipc/index.ts';
import type { Store } from '../../store/api.ts';
import { CallError } from '../errors.ts';

const minutes = z.number().int().min(0).max(1440);
const QuietHours = z.object({ from: minutes, to: minutes });
const NotifyRule = z.object({
  mode: z.enum(['on', 'mentions', 'off']),
  quiet: z.union([QuietHours, z.literal('never')]).optional(),
});
const SavedSearch = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(200),
  text: z.string().min(1).max(2000),
});
const Template = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(200),
  text: z.string().max(100_000),
});
const commandId = z.string().min(1).max(100);
const Keys = z.object({
  preset: z.enum(keyPresets),
  changed: z.record(commandId, z.array(z.string().min(1).max(60)).max(8)),
});
/** Pixels; the window narrows them further where it has no room. */
const width = z.number().int().min(120).max(1200);
const Panes = z.object({ rail: width, list: width, details: width, railShown: z.boolean() });

/** Each setting with its default; a stored value this version cannot read falls back to it. */
const fields = {
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
  density: z.enum(['comfortable', 'compact']).catch('comfortable'),
  language: z.enum(['system', 'en', 'pl']).catch('system'),
  undoSendSeconds: z.number().int().min(0).max(120).catch(10),
  remoteImages: z.enum(['ask', 'always']).catch('ask'),
  remoteImagesFrom: z.array(z.string().max(2048)).max(100_000).catch([]),
  unified: z.boolean().catch(true),
  notifications: z.boolean().catch(true),
  notifyRules: z.record(z.string().regex(/^(account|conversation|person):\d+$/), NotifyRule).catch({}),
  quietHours: QuietHours.nullable().catch(null),
  savedSearches: z.array(SavedSearch).max(500).catch([]),
  recentSearches: z.array(z.string().min(1).max(2000)).max(20).catch([]),
  sendReadReceipts: z.boolean().catch(true),
  signature: z.string().max(100_000).catch(''),
  signatures: z.record(z.string().max(2048), z.string().max(100_000)).catch({}),
  templates: z.array(Template).max(500).catch([]),
  keys: Keys.catch({ preset: 'gmail', changed: {} }),
  panes: Panes.catch({ rail: 232, list: 380, details: 300, railShown: true }),
  commandUses: z.record(commandId, z.number().int().nonnegative()).catch({}),
} as const;
const Stored = z.object(fields);

export async function readSettings(store: Store): Promise<Settings> {
  return Stored.parse(await store.query('settings', {}));
}

/** A patch is taken whole or not at all: unknown names and values out of range are refused by name. */
function checkPatch(patch: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(patch)) {
    const field = Object.hasOwn(fields, name) ? fields[name as keyof typeof fields] : undefined;
    if (!field) throw new CallError('invalid-input', `There is no setting called "${name}".`);
    if (!field.unwrap().safeParse(value).success)
      throw new CallError('invalid-input', `The setting "${name}" cannot have that value.`);
  }
}

export const settingsHandlers = (store: Store): Handlers<'settings.get' | 'settings.set'> => ({
  'settings.get': () => readSettings(store),
  'settings.set': async ({ patch }) => {
    checkPatch(patch);
    await store.command('settings.set', { patch });
    return readSettings(store);
  },
});
