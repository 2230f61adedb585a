import { useMemo, useSyncExternalStore } from 'react';
import { useWorkspace } from '../state/context.tsx';
import { createFormats, type Formats } from './formats.ts';
import type { Language, Translate } from './index.ts';

export function useLanguage(): Language {
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
  const t = useT();
  return useMemo(() => createFormats(language, t), [language, t]);
}
