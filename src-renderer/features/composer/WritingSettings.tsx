import './templates.css';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Settings, Template } from '../../../src-shared/ipc/index.ts';
import { useKeysSaid } from '../../commands/useCaps.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Setting } from '../settings/Setting.tsx';
import { variableNames } from './templates.ts';

type Change = (patch: Partial<Settings>) => void;

/** A signature for each address one writes from; where none is given, the common one is taken. */
export function SignaturesSetting({ settings, change }: { settings: Settings; change: Change }) {
  const t = useT();
  const accounts = useFeature('accounts', (state) => state.accounts) ?? [];
  const channels = useFeature('accounts', (state) => state.channels);
  const mail = accounts.filter((account) =>
    channels.some((channel) => channel.id === account.channel && channel.send.style === 'mail'),
  );
  const addresses = [
    ...new Set(
      mail.flatMap((account) =>
        [account.key, ...account.identities.map((identity) => identity.key)].map((key) =>
          key.replace(/^mailto:/, '').toLowerCase(),
        ),
      ),
    ),
  ];
  // Some networks know a person by a key that only looks like an address.
  return addresses
    .filter((address) => /^[^\s/@]+@[^\s/@]+$/.test(address))
    .map((address) => (
      <SignatureField
        key={address}
        address={address}
        settings={settings}
        change={change}
        title={t('signature.of', { address })}
      />
    ));
}

function SignatureField({
  address,
  title,
  settings,
  change,
}: {
  address: string;
  title: string;
  settings: Settings;
  change: Change;
}) {
  const t = useT();
  const stored = settings.signatures[address];
  const [text, setText] = useState(stored ?? '');
  const save = (): void => {
    if (text === (stored ?? '')) return;
    const { [address]: _former, ...others } = settings.signatures;
    change({ signatures: text === '' ? others : { ...others, [address]: text } });
  };
  return (
    <Setting tall title={title}>
      <textarea
        aria-label={title}
        className="field"
        rows={2}
        dir="auto"
        value={text}
        placeholder={t('signature.common')}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
      />
    </Setting>
  );
}

/** Words to put in while writing, kept by name. */
export function TemplatesSetting({ settings, change }: { settings: Settings; change: Change }) {
  const t = useT();
  const said = useKeysSaid();
  const { templates } = settings;
  const put = (next: Template): void =>
    change({ templates: templates.map((one) => (one.id === next.id ? next : one)) });
  return (
    <Setting
      tall
      title={t('template.title')}
      text={t('template.help', { keys: said('template'), names: variableNames.map((name) => `{${name}}`).join(' ') })}
    >
      <ul className="template-settings">
        {templates.map((template) => (
          <li key={template.id}>
            <TemplateFields template={template} onChange={put} />
            <IconButton
              label={t('template.remove', { name: template.name })}
              onClick={() => change({ templates: templates.filter((one) => one.id !== template.id) })}
            >
              <Trash2 />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button
        onClick={() =>
          change({ templates: [...templates, { id: crypto.randomUUID(), name: t('template.new'), text: '' }] })
        }
      >
        <Plus />
        {t('template.add')}
      </Button>
    </Setting>
  );
}

function TemplateFields({ template, onChange }: { template: Template; onChange: (template: Template) => void }) {
  const t = useT();
  const [name, setName] = useState(template.name);
  const [text, setText] = useState(template.text);
  const save = (): void => {
    const kept = name.trim() === '' ? template.name : name;
    if (kept !== template.name || text !== template.text) onChange({ ...template, name: kept, text });
  };
  return (
    <div className="template-fields">
      <input
        className="field"
        type="text"
        dir="auto"
        value={name}
        aria-label={t('template.name')}
        onChange={(event) => setName(event.target.value)}
        onBlur={save}
      />
      <textarea
        className="field"
        rows={3}
        dir="auto"
        value={text}
        aria-label={t('template.text', { name: template.name })}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
      />
    </div>
  );
}
