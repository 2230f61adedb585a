import { useSyncExternalStore } from 'react';
import { useWorkspace } from '../state/context.tsx';
import { createFormats, type Formats } from './formats.ts';
import type { Language, Translate } from './index.ts';

function useLanguage(): Language {
  const { i18n } = useWorkspace();
  return useSyncExternalStore(i18n.subscribe, i18n.language);
}
/** Re-renders when the language changes. */
export function useT(): Translate {
  const { i18n } = useWorkspace();
  useLanguage();
  return i18n.t;
}
export function useFormats(): Formats {
  const language = useLanguage();
  return formatsOf(language, useT());
}

/** Those of the language in use: making formatters costs far more than formatting, and every row of a list asks for them. */
const made = new WeakMap<Translate, { readonly language: Language; readonly formats: Formats }>();
function formatsOf(language: Language, t: Translate): Formats {
  const known = made.get(t);
  if (known?.language === language) return known.formats;
  const formats = createFormats(language, t);
  made.set(t, { language, formats });
  return formats;
}
