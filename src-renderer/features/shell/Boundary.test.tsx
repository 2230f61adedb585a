import { parseHTML } from 'linkedom';
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createI18n } from '../../i18n/index.ts';
import { WorkspaceProvider } from '../../state/context.tsx';
import { createWorkspace, type Workspace } from '../../state/workspace.ts';
import { memoryHub } from '../../testing/transport.ts';
import { Boundary } from './Boundary.tsx';

let root: Root;
let workspace: Workspace;
const page = parseHTML('<!doctype html><html><body><div id="root"></div></body></html>');
const copied: string[] = [];
Object.assign(page.window, {
  location: { hash: '', search: '' },
  history: { pushState: () => undefined, replaceState: () => undefined },
  matchMedia: () => ({ matches: true }),
});
vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
vi.stubGlobal('window', page.window);
vi.stubGlobal('document', page.document);
vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void copied.push(text) } });

beforeEach(() => {
  const { client } = memoryHub({});
  workspace = createWorkspace({ client, i18n: createI18n('en'), page: page.window, upload: async () => '' });
  // What React has caught it would log; here that is what is tried.
  const onCaughtError = (): void => undefined;
  root = createRoot(page.document.querySelector('#root') ?? page.document.body, { onCaughtError });
});
afterEach(() => act(() => root.unmount()));

let broken = true;
function Fragile({ name }: { name: string }): ReactNode {
  if (broken) throw new Error('A word that cannot be drawn');
  return <p>{name} is whole</p>;
}
const draw = (at: string): void =>
  act(() =>
    root.render(
      <WorkspaceProvider workspace={workspace}>
        <p>beside</p>
        <Boundary at={at} around={(said) => <section data-pane="list">{said}</section>}>
          <Fragile name={at} />
        </Boundary>
      </WorkspaceProvider>,
    ),
  );
const text = (): string => page.document.querySelector('#root')?.textContent ?? '';
const press = (label: string): void => {
  const button = [...page.document.querySelectorAll('button')].find((one) => one.textContent === label);
  act(() => button?.click());
};

test('a part that throws says so in its place, with the words of the error, and the rest stays', () => {
  broken = true;
  draw('inbox');
  expect(text()).toContain('beside');
  expect(page.document.querySelector('[data-pane="list"] [role="alert"]')?.textContent).toContain(
    'A word that cannot be drawn',
  );
});

test('it is tried again when asked, and by itself in another place', () => {
  broken = true;
  draw('inbox');
  press('Try again');
  expect(text()).toContain('A word that cannot be drawn');
  broken = false;
  press('Try again');
  expect(text()).toContain('inbox is whole');
  broken = true;
  draw('sent');
  broken = false;
  draw('sent');
  expect(text()).toContain('A word that cannot be drawn');
  draw('drafts');
  expect(text()).toContain('drafts is whole');
});

test('its details can be copied, with the components it came through', async () => {
  broken = true;
  draw('inbox');
  press('Copy details');
  await act(async () => undefined);
  expect(copied.at(-1)).toMatch(/A word that cannot be drawn[\s\S]*Fragile/);
  expect(text()).toContain('Copied');
});
