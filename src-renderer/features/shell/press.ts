import { flushSync } from 'react-dom';

const fields = 'input, textarea, [contenteditable="true"]';
const reachable =
  'a[href], button:not([disabled]), input:not([disabled], [type="hidden"]), select, textarea, [contenteditable="true"], [tabindex="0"]';

/**
 * Presses a key that was kept, where the focus is now. A key of a script's making does nothing by itself, so what a
 * browser would have done with it is done here: text goes in, buttons are pressed, Tab goes on.
 */
export function pressAgain(key: KeyboardEvent): void {
  flushSync(() => undefined);
  const focused = (): HTMLElement =>
    document.activeElement instanceof HTMLElement ? document.activeElement : document.body;
  const { key: name, code, ctrlKey, metaKey, altKey, shiftKey, repeat } = key;
  const same = { key: name, code, ctrlKey, metaKey, altKey, shiftKey, repeat };
  const event = new KeyboardEvent('keydown', { ...same, bubbles: true, cancelable: true, composed: true });
  // Whoever hears it may move the focus: the text goes there, as it would by itself.
  if (focused().dispatchEvent(event)) byItself(focused(), event);
  flushSync(() => undefined);
}

function byItself(target: HTMLElement, event: KeyboardEvent): void {
  const typed = event.key.length === 1 && !event.metaKey && event.ctrlKey === event.altKey;
  if (event.key === 'Tab') {
    goOn(target, event.shiftKey ? -1 : 1);
    return;
  }
  if (target.matches(fields)) {
    // Deprecated and without a successor: nothing else puts text in as if it were typed, undo and all
    // (https://developer.mozilla.org/docs/Web/API/Document/execCommand).
    if (typed) document.execCommand('insertText', false, event.key);
    else if (event.key === 'Backspace') document.execCommand('delete');
    else if (event.key === 'Delete') document.execCommand('forwardDelete');
    else if (event.key === 'Enter' && target instanceof HTMLTextAreaElement)
      document.execCommand('insertText', false, '\n');
    else if (event.key === 'Enter' && target instanceof HTMLInputElement) target.form?.requestSubmit();
    return;
  }
  const presses = event.key === 'Enter' || event.key === ' ';
  if (presses && target.matches('button, a, summary, [role^="menuitem"]')) target.click();
}

function goOn(from: HTMLElement, by: 1 | -1): void {
  const within = from.closest('.dialog, form, [data-pane]') ?? document.body;
  const all = [...within.querySelectorAll<HTMLElement>(reachable)].filter(
    (element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }),
  );
  const at = all.indexOf(from);
  all[at + by]?.focus();
}
