import { useEffect } from 'react';
import { useWorkspace } from '../../../state/context.tsx';

const loading = ['src', 'srcset', 'background', 'poster', 'style'] as const;

/** The hosts that addresses within these values lead to, each once. */
export function hostsIn(values: Iterable<string>): readonly string[] {
  const hosts = new Set<string>();
  for (const value of values)
    for (const [address] of value.matchAll(/https?:\/\/[^\s"'()<>,]+/gi)) {
      const host = URL.canParse(address) ? new URL(address).hostname : '';
      if (host !== '') hosts.add(host);
    }
  return [...hosts];
}
function* loadedBy(root: ParentNode): Generator<string> {
  for (const element of root.querySelectorAll(loading.map((name) => `[${name}]`).join()))
    for (const name of loading) yield element.getAttribute(name) ?? '';
  for (const style of root.querySelectorAll('style')) yield style.textContent ?? '';
}

/** Tells the hub which hosts pictures are being loaded from, for the log the person may look at. */
export function useRemoteHosts(body: ParentNode, loads: boolean, sender: string): void {
  const { client } = useWorkspace();
  useEffect(() => {
    const hosts = loads ? hostsIn(loadedBy(body)) : [];
    // A log line that cannot be written is no reason to disturb reading.
    if (hosts.length > 0) client.call('privacy.pictures', { hosts: [...hosts], sender }).catch(() => undefined);
  }, [body, loads, sender, client]);
}
