import type { Group } from '../../commands/command.ts';
import { commands } from '../../commands/registry.ts';
import { useCaps } from '../../commands/useCaps.ts';
import type { Key } from '../../i18n/index.ts';
import { useT } from '../../i18n/react.ts';
import { Dialog } from '../../ui/Dialog.tsx';

const groups: readonly { group: Group; title: Key }[] = [
  { group: 'move', title: 'group.move' },
  { group: 'triage', title: 'group.triage' },
  { group: 'write', title: 'group.write' },
  { group: 'go', title: 'group.go' },
  { group: 'window', title: 'group.window' },
];

export function Shortcuts({ onClose }: { onClose: () => void }) {
  const t = useT();
  const caps = useCaps();
  return (
    <Dialog title={t('command.shortcuts')} size="large" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <div className="dialog-body shortcuts" tabIndex={0}>
        {groups.map(({ group, title }) => (
          <section key={group}>
            <h3>{t(title)}</h3>
            <dl>
              {commands
                .filter((command) => command.group === group && command.keys.length > 0)
                .map((command) => (
                  <div key={command.id}>
                    <dt>{t(command.title)}</dt>
                    <dd>
                      {command.keys.map((keys) => (
                        <kbd key={keys}>{caps(keys)}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
