import type { FeatureName } from '../../../../src-shared/channel.ts';
import type { PartKind, SendLimits } from '../../../../src-shared/model/index.ts';
import type { Key } from '../../../i18n/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';

const files = [
  ['image', 'carries.image'],
  ['video', 'carries.video'],
  ['audio', 'carries.audio'],
  ['document', 'carries.document'],
] as const satisfies readonly (readonly [PartKind, Key])[];
const abilities = [
  ['react', 'carries.react'],
  ['edit', 'carries.edit'],
  ['remove', 'carries.remove'],
  ['pin', 'carries.pin'],
  ['receipts', 'carries.receipts'],
] as const satisfies readonly (readonly [FeatureName, Key])[];

/** What a conversation takes, with its limits, and what it does not: before one writes, not after. */
export function Carries({ limits, features }: { limits: SendLimits; features: readonly FeatureName[] }) {
  const t = useT();
  const formats = useFormats();
  const size = (kind: PartKind): string => {
    const limit = limits.parts[kind];
    if (!limit || limit.level === 'rejected' || limit.level === 'dropped') return t('carries.no');
    const count = limit.maxCount === undefined ? null : t('carries.count', { count: limit.maxCount });
    const bytes = limit.maxBytes === undefined ? null : t('carries.bytes', { size: formats.bytes(limit.maxBytes) });
    return [count, bytes].filter((piece) => piece !== null).join(', ') || t('carries.yes');
  };
  const rows: readonly (readonly [string, string])[] = [
    [
      t('carries.text'),
      limits.maxText > 0 ? t('carries.characters', { count: formats.number(limits.maxText) }) : t('carries.yes'),
    ],
    [
      t('carries.format'),
      t(limits.formats.markdown === 'full' || limits.formats.html === 'full' ? 'carries.yes' : 'carries.no'),
    ],
    ...files.map(([kind, title]) => [t(title), size(kind)] as const),
    [t('carries.threads'), t(limits.thread === 'full' ? 'carries.yes' : 'carries.no')],
    [t('carries.mentions'), t(limits.mentions === 'full' ? 'carries.yes' : 'carries.no')],
    ...abilities.map(([name, title]) => [t(title), t(features.includes(name) ? 'carries.yes' : 'carries.no')] as const),
  ];
  return (
    <details className="carries">
      <summary>{t('carries.title')}</summary>
      <dl>
        {rows.map(([title, text]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
