import type { NotifyRule } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { type RuleKind, ruleOf, withRule } from './rules.ts';

/** How one is told of messages of an account, a conversation or a person. */
export function RuleChoice({ of, name, quiet = false }: { of: string; name: string; quiet?: boolean }) {
  const t = useT();
  const { report } = useWorkspace();
  const rules = useFeature('session', (state) => state.settings?.notifyRules) ?? none;
  const change = useFeature('session', (state) => state.change);
  const options: { value: RuleKind; label: string }[] = [
    { value: 'inherit', label: t('rule.inherit') },
    { value: 'on', label: t('rule.on') },
    { value: 'always', label: t('rule.onAlways') },
    { value: 'mentions', label: t('rule.mentions') },
    { value: 'off', label: t('rule.off') },
  ];
  return (
    <Choice
      quiet={quiet}
      label={t('rule.label', { name })}
      value={ruleOf(rules[of])}
      onChange={(kind) => void change({ notifyRules: withRule(rules, of, kind) }).catch(report)}
      options={options}
    />
  );
}
const none: Readonly<Record<string, NotifyRule>> = {};
