import type { Workspace } from '../state/workspace.ts';

/** Theme, density and language of the page, by the settings and the system. */
export function followLooks({ session, i18n, accounts }: Workspace, page: Window): void {
  const root = page.document.documentElement;
  const dark = page.matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const { settings } = session.getState();
    const theme = settings?.theme ?? 'system';
    root.dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    root.dataset.density = settings?.density ?? 'comfortable';
    i18n.choose(settings?.language ?? 'system', page.navigator.languages);
    root.lang = i18n.language();
  };
  const title = (): void => {
    const unread = accounts.getState().counts?.views.inbox ?? 0;
    page.document.title = unread > 0 ? `(${unread}) Carillon` : 'Carillon';
  };
  dark.addEventListener('change', apply);
  session.subscribe(apply);
  accounts.subscribe(title);
  apply();
}
