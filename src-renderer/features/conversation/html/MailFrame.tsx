import { useEffect, useRef, useState } from 'react';
import { useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { followLink } from './links.ts';
import type { Sanitised } from './sanitise.ts';

const baseCss = `
  html { color-scheme: var(--scheme); }
  body { margin: 0; padding: 1px 0; overflow: hidden; font: 14px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif;
    color: var(--ink); background: transparent; overflow-wrap: anywhere; }
  #mail { position: relative; isolation: isolate; contain: layout paint; transform-origin: 0 0; display: flow-root; }
  img { max-width: 100%; } img:not([height]) { height: auto; }
  img[data-blocked] { background: color-mix(in srgb, currentcolor 6%, transparent); border-radius: 6px; color: color-mix(in srgb, currentcolor 60%, transparent); font-size: 12px; }
  table { max-width: 100%; } #mail > div > p:first-child { margin-top: 0; } #mail > div > p:last-child { margin-bottom: 0; }
  pre { white-space: pre-wrap; } a { color: var(--accent); }
  blockquote { margin: 0 0 0 4px; padding-left: 12px; border-left: 2px solid var(--line); }
  html:not([data-quotes="shown"]) [data-fold] { display: none !important; }
  ::highlight(find) { background: #ffe9a8; color: #3d2f00; }
`;
const narrowest = 0.45;

/**
 * A message's markup in a frame of its own: sandboxed without scripts, under the policy the host serves `/frame.html`
 * with. The window reaches in to measure, to catch clicks on links and to hand keys on.
 */
export function MailFrame({ clean, remote, quotes }: { clean: Sanitised; remote: boolean; quotes: boolean }) {
  const t = useT();
  const workspace = useWorkspace();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(0);
  const [loaded, setLoaded] = useState(0);
  const theme = useFeature('session', (state) => state.settings?.theme);
  const paper = clean.ownColours;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `theme` changes what the style sheet answers
  useEffect(() => {
    const page = frame.current?.contentDocument;
    if (loaded === 0 || !page?.body) return;
    const styles = getComputedStyle(document.documentElement);
    const dark = document.documentElement.dataset.theme === 'dark' && !paper;
    const root = page.documentElement;
    const pick = (name: string, onPaper: string): string => (paper ? onPaper : styles.getPropertyValue(name));
    root.style.setProperty('--scheme', dark ? 'dark' : 'light');
    root.style.setProperty('--ink', pick('--ink', '#1f1d1a'));
    root.style.setProperty('--accent', pick('--accent', '#0b6678'));
    root.style.setProperty('--line', pick('--line-strong', '#d3cfc8'));
    root.lang = '';
    const style = page.createElement('style');
    style.textContent = baseCss;
    page.head.replaceChildren(style);
    const mail = page.createElement('div');
    mail.id = 'mail';
    mail.dir = 'auto';
    mail.append(...page.importNode(clean.body, true).childNodes);
    page.body.replaceChildren(mail);

    const measure = (): void => {
      mail.style.removeProperty('zoom');
      const room = page.documentElement.clientWidth;
      const wide = mail.scrollWidth;
      // A table laid out for a wide window is drawn smaller rather than cut off.
      if (room > 0 && wide > room + 1) mail.style.setProperty('zoom', String(Math.max(narrowest, room / wide)));
      setHeight(Math.ceil(mail.getBoundingClientRect().height) + 2);
    };
    const clicked = (event: MouseEvent): void => {
      const link =
        event.target instanceof (page.defaultView?.Element ?? Element) ? event.target.closest('a, area') : null;
      if (!link) return;
      event.preventDefault();
      const url = link.getAttribute('href');
      if (url) followLink(workspace, url, link.textContent ?? '');
    };
    const key = (event: KeyboardEvent): void => {
      const { key: name, code, ctrlKey, metaKey, altKey, shiftKey } = event;
      const copy = new KeyboardEvent('keydown', {
        key: name,
        code,
        ctrlKey,
        metaKey,
        altKey,
        shiftKey,
        bubbles: true,
        cancelable: true,
      });
      if (!(frame.current?.dispatchEvent(copy) ?? true)) event.preventDefault();
    };
    const observer = new ResizeObserver(measure);
    observer.observe(mail);
    page.addEventListener('click', clicked);
    page.addEventListener('auxclick', clicked);
    page.addEventListener('keydown', key);
    page.addEventListener('load', measure, true);
    measure();
    return () => {
      observer.disconnect();
      page.removeEventListener('click', clicked);
      page.removeEventListener('auxclick', clicked);
      page.removeEventListener('keydown', key);
      page.removeEventListener('load', measure, true);
    };
  }, [clean, loaded, paper, theme, workspace]);
  useEffect(() => {
    const root = frame.current?.contentDocument?.documentElement;
    if (loaded > 0 && root) root.dataset.quotes = quotes ? 'shown' : 'folded';
  }, [quotes, loaded]);
  return (
    <iframe
      key={remote ? 'remote' : 'local'}
      ref={frame}
      className={paper ? 'mail-frame mail-paper' : 'mail-frame'}
      title={t('message.frame')}
      sandbox="allow-same-origin"
      src={remote ? '/frame.html?remote=1' : '/frame.html'}
      style={{ height: height || 60 }}
      onLoad={() => setLoaded((count) => count + 1)}
    />
  );
}
