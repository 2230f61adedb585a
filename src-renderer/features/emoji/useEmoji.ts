import { useEffect, useState } from 'react';
import { useWorkspace } from '../../state/context.tsx';
import { type Emoji, loadEmoji } from './emoji.ts';

/** All emoji, once they are there. */
export function useEmoji(wanted: boolean): readonly Emoji[] {
  const { i18n, report } = useWorkspace();
  const [all, setAll] = useState<readonly Emoji[]>([]);
  const language = i18n.language();
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    loadEmoji(language).then((emoji) => current && setAll(emoji), report);
    return () => {
      current = false;
    };
  }, [wanted, language, report]);
  return all;
}
