import { titleOf } from '../../commands/command.ts';
import { gmailKeys } from '../../commands/keymap.ts';
import { commands, keymapFor } from '../../commands/registry.ts';
import { useCaps } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { groups } from './groups.ts';

/** Every command that has keys, with the keys it has at present. */
export function Shortcuts({ onClose }: { onClose: () => void }) {
  const t = useT();
  const caps = useCaps();
  const keymap = keymapFor(useFeature('session', (state) => state.settings?.keys ?? gmailKeys));
  return (
    <Dialog title={t('command.shortcuts')} size="large" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <div className="dialog-body shortcuts" data-first="" tabIndex={0}>
        <div className="shortcuts-groups">
          {groups.map(({ group, title }) => (
            <section key={group}>
              <h3>{t(title)}</h3>
              <dl>
                {commands
                  .filter((command) => command.group === group && keymap.keysOf(command.id).length > 0)
                  .map((command) => (
                    <div key={command.id}>
                      <dt>{titleOf(command, t)}</dt>
                      <dd>
                        {keymap.keysOf(command.id).map((keys) => (
                          <kbd key={keys}>{caps(keys)}</kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
