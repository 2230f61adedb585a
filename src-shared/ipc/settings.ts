/** What the person chose, kept by the hub. */
import { z } from 'zod';
import { call, none } from './call.ts';

/** How the person is told of messages of an account, conversation or person. */
export interface NotifyRule {
  readonly mode: 'on' | 'mentions' | 'off';
  /** Absent: the hours of the next wider rule; `never`: rings at night too. */
  readonly quiet?: QuietHours | 'never' | undefined;
}

/** Minutes after midnight on this computer's clock; `from` later than `to` goes over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

/** A search kept under a name; at most 500. */
export interface SavedSearch {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** Words to put in while writing; `{first_name}` and the like are filled in then. */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

export const keyPresets = ['gmail', 'outlook', 'slack', 'vim'] as const;

/** Which keys do what: those of a preset, but for the commands named. */
export interface KeySettings {
  readonly preset: (typeof keyPresets)[number];
  /** By the id of a command; chords as `Ctrl+Shift+Enter`, sequences as `g i`. None: the command has no keys. */
  readonly changed: Readonly<Record<string, readonly string[]>>;
}

/** How wide the panes are, px (120 to 1200), and whether the rail stands beside them. */
export interface PaneSettings {
  readonly rail: number;
  readonly list: number;
  readonly details: number;
  readonly railShown: boolean;
}

/** All settings, each with a value. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
  readonly language: 'system' | 'en' | 'pl';
  /** 0 to 120; 0: sent at once. */
  readonly undoSendSeconds: number;
  readonly remoteImages: 'ask' | 'always';
  /** Sender addresses whose remote images load. */
  readonly remoteImagesFrom: readonly string[];
  /** All accounts in one list. */
  readonly unified: boolean;
  readonly notifications: boolean;
  /** By `account:<id>`, `conversation:<id>` or `person:<id>`; the narrower one counts. */
  readonly notifyRules: Readonly<Record<string, NotifyRule>>;
  readonly quietHours: QuietHours | null;
  readonly savedSearches: readonly SavedSearch[];
  /** Newest first, at most 20. */
  readonly recentSearches: readonly string[];
  readonly sendReadReceipts: boolean;
  readonly signature: string;
  /** By the address written from, in lower case; the others take `signature`. */
  readonly signatures: Readonly<Record<string, string>>;
  readonly templates: readonly Template[];
  readonly keys: KeySettings;
  readonly panes: PaneSettings;
  /** How often each command was chosen in the palette, by its id. */
  readonly commandUses: Readonly<Record<string, number>>;
}

export const settingsCalls = {
  'settings.get': call(none).returns<Settings>(),
  /** Taken whole or not at all: an unknown name or a value out of range is refused as `invalid-input`. */
  'settings.set': call(z.object({ patch: z.record(z.string(), z.unknown()) })).returns<Settings>(),
};
