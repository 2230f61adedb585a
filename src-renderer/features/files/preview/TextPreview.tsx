import '../../conversation/source.css';
import { useEffect, useState } from 'react';
import { useFormats, useT } from '../../../i18n/react.ts';
import { Dialog } from '../../../ui/Dialog.tsx';

/** Read at most; the rest is for a program made for it. */
const mostBytes = 500_000;

/** A text file as it is, without leaving the conversation. */
export function TextPreview({ url, name, onClose }: { url: string; name: string; onClose: () => void }) {
  const t = useT();
  const formats = useFormats();
  const [text, setText] = useState<string | null>(null);
  const [cut, setCut] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    read(url, stop.signal).then(
      (found) => {
        setText(found.text);
        setCut(found.cut);
      },
      () => stop.signal.aborted || setText(t('attachment.failed')),
    );
    return () => stop.abort();
  }, [url, t]);
  return (
    <Dialog title={name} size="large" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <pre className="source dialog-body" data-first="" tabIndex={0} dir="auto">
        {text}
      </pre>
      {cut ? <p className="preview-cut">{t('attachment.cut', { size: formats.bytes(mostBytes) })}</p> : null}
    </Dialog>
  );
}

async function read(url: string, signal: AbortSignal): Promise<{ text: string; cut: boolean }> {
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) throw new Error(`The host answered ${response.status}`);
  const reader = response.body.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value);
    size += next.value.length;
    if (size > mostBytes) break;
  }
  await reader.cancel();
  const bytes = new Uint8Array(await new Blob(pieces.map((piece) => piece.slice())).arrayBuffer()).subarray(
    0,
    mostBytes,
  );
  return { text: decode(bytes), cut: size > mostBytes };
}
/** UTF-8 where it is that; else every byte a character, so that nothing is hidden. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
