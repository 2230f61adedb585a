import i18next, { type i18n } from 'i18next';
import { en } from './en.ts';
import { pl } from './pl.ts';
import { unturned } from './unturned.ts';

type Singular<K extends string> = K extends `${infer Base}_${'one' | 'few' | 'many' | 'other'}` ? Base : K;
/** Every string of the window, by name; plural forms share one. */
export type Key = Singular<keyof typeof en>;
export type Language = 'en' | 'pl';
export type Values = Readonly<Record<string, string | number>>;
export type Translate = (key: Key, values?: Values) => string;

export interface I18n {
  readonly t: Translate;
  language(): Language;
  /** 'system' follows the first of the person's languages we have. */
  choose(setting: Language | 'system', preferred: readonly string[]): void;
  subscribe(listener: () => void): () => void;
}

const has = (name: string): name is Language => name === 'en' || name === 'pl';

export function createI18n(first: Language): I18n {
  const instance: i18n = i18next.createInstance();
  // initAsync: false makes init complete before it returns; all resources are in the bundle.
  void instance.init({
    lng: first,
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    // Not markup: React writes all of it as text.
    interpolation: { escapeValue: true, escape: unturned },
    resources: { en: { translation: en }, pl: { translation: pl } },
  });
  const listeners = new Set<() => void>();
  const language = (): Language => (has(instance.language) ? instance.language : 'en');
  /** Sentences without values, of the language in use: most of what is drawn, again and again. */
  const fixed = new Map<Key, string>();
  const plain = (key: Key): string => {
    const text = fixed.get(key) ?? instance.t(key, {});
    fixed.set(key, text);
    return text;
  };
  return {
    t: (key, values) => (values ? instance.t(key, values) : plain(key)),
    language,
    choose(setting, preferred) {
      const wanted = setting === 'system' ? pick(preferred) : setting;
      if (wanted === language()) return;
      void instance.changeLanguage(wanted);
      fixed.clear();
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The first language of the list that is translated, else English. */
export function pick(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const name = tag.split('-')[0]?.toLowerCase() ?? '';
    if (has(name)) return name;
  }
  return 'en';
}
