import { compose } from '../../../commands/write.ts';
import type { Workspace } from '../../../state/workspace.ts';

const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);
export const parseLink = (url: string): URL | null => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed && schemes.has(parsed.protocol) ? parsed : null;
};
const looksLikeAddress = /^\s*(?:https?:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/:?#]|\s*$)/u;

/** Whether the words of a link name one host and its target is another: the classic trap. */
export function isMisleading(url: URL, text: string): boolean {
  const named = looksLikeAddress.exec(text)?.[1];
  if (!named || !url.protocol.startsWith('http')) return false;
  const bare = (host: string): string => host.toLowerCase().replace(/^www\./, '');
  const canonical = URL.canParse(`http://${named}`) ? new URL(`http://${named}`).hostname : named;
  return bare(canonical) !== bare(url.hostname);
}

/** Opens a link outside of Carillon, or a new message for `mailto:`. Asks first when text and target differ. */
export function followLink(workspace: Workspace, url: string, text: string): void {
  const target = parseLink(url);
  if (!target) return;
  if (target.protocol === 'mailto:') {
    compose(workspace, decodeURIComponent(target.pathname));
    return;
  }
  if (isMisleading(target, text)) {
    workspace.navigation.getState().show({ is: 'link', url: target.href, text: text.trim() });
    return;
  }
  window.open(target.href, '_blank', 'noopener,noreferrer');
}
