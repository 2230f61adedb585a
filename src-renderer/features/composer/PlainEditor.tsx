import { type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { EditorHandle } from './handle.ts';
import { withMarks } from './markdown.ts';

const tallest = 420;

/** Words without looks: plain text, or markdown as it is typed. Grows with what is written. */
export function PlainEditor({
  ref,
  value,
  label,
  rows,
  entry,
  describedBy,
  onChange,
  onKey,
}: {
  ref: Ref<EditorHandle>;
  value: string;
  label: string;
  rows: number;
  entry: boolean;
  describedBy: { readonly list: string; readonly active: string | undefined };
  onChange: (text: string, before: string | null) => void;
  onKey: (event: React.KeyboardEvent<HTMLTextAreaElement>) => void;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: grows with what is typed
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(tallest, element.scrollHeight)}px`;
  }, [value]);
  useImperativeHandle(ref, (): EditorHandle => {
    const put = (from: number, to: number, text: string): void => {
      const element = area.current;
      if (!element) return;
      element.focus();
      element.setRangeText(text, from, to, 'end');
      onChange(element.value, null);
    };
    return {
      focus: () => area.current?.focus(),
      insert: (text) => put(area.current?.selectionStart ?? 0, area.current?.selectionEnd ?? 0, text),
      before: () => beforeCaret(area.current),
      replaceBefore(count, text) {
        const at = area.current?.selectionEnd ?? 0;
        put(at - count, at, text);
      },
      format(look) {
        const element = area.current;
        if (!element) return;
        const { value: text, selectionStart: from, selectionEnd: to } = element;
        const marked = withMarks(text, from, to, look);
        put(marked.from, marked.to, marked.text);
        element.setSelectionRange(marked.start, marked.end);
      },
    };
  }, [onChange]);
  const { list, active } = describedBy;
  return (
    <textarea
      ref={area}
      className="compose-text"
      dir="auto"
      rows={rows}
      value={value}
      placeholder={label}
      aria-label={label}
      data-entry={entry ? '' : undefined}
      {...(active === undefined ? {} : { 'aria-controls': list, 'aria-activedescendant': active })}
      onChange={(event) => onChange(event.target.value, beforeCaret(event.target))}
      onKeyDown={onKey}
    />
  );
}

const beforeCaret = (element: HTMLTextAreaElement | null): string | null => {
  if (!element || element.selectionStart !== element.selectionEnd) return null;
  return element.value.slice(element.value.lastIndexOf('\n', element.selectionStart - 1) + 1, element.selectionStart);
};
