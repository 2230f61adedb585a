import { FileUp } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '../../i18n/react.ts';
import { useWorkspace } from '../../state/context.tsx';

const archive = /\.(mbox|mbx|eml|jsonl)$/i;

/** An archive dropped anywhere on the window is imported; anything else dropped there does nothing. */
export function DropArchive() {
  const t = useT();
  const { imports, navigation, toasts } = useWorkspace();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const isFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const drag = (event: DragEvent): void => {
      if (!isFile(event) || event.defaultPrevented) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (!isFile(event) || event.defaultPrevented) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      const found = files.filter((file) => archive.test(file.name));
      if (found.length === 0) return void toasts.getState().show({ text: t('import.notAnArchive'), tone: 'problem' });
      navigation.getState().show({ is: 'import' });
      void (async () => {
        for (const file of found) await imports.getState().startFile(file);
      })();
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [imports, navigation, toasts, t]);
  return over ? (
    <div className="drop-archive" aria-hidden="true">
      <FileUp />
      {t('import.dropHere')}
    </div>
  ) : null;
}
