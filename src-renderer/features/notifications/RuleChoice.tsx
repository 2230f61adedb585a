import './rules.css';
import type { NotifyRule } from '../../../src-shared/ipc/index.ts';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { HoursFields } from './HoursFields.tsx';
import { type HoursKind, hoursOf, night, type RuleKind, ruleOf, withHours, withRule } from './rules.ts';

/** How one is told of messages of an account, a conversation or a person, and at which hours. */
export function RuleChoice({ of, name }: { of: string; name: string }) {
  const t = useT();
  const { report } = useWorkspace();
  const rules = useFeature('session', (state) => state.settings?.notifyRules) ?? none;
  const change = useFeature('session', (state) => state.change);
  const put = (notifyRules: typeof rules): void => void change({ notifyRules }).catch(report);
  const rule = rules[of];
  const kinds: { value: RuleKind; label: string }[] = [
    { value: 'inherit', label: t('rule.inherit') },
    { value: 'on', label: t('rule.on') },
    { value: 'mentions', label: t('rule.mentions') },
    { value: 'off', label: t('rule.off') },
  ];
  const hours: { value: HoursKind; label: string }[] = [
    { value: 'inherit', label: t('rule.hoursInherit') },
    { value: 'never', label: t('rule.hoursNever') },
    { value: 'own', label: t('rule.hoursOwn') },
  ];
  const rings = rule !== undefined && rule.mode !== 'off';
  return (
    <span className="rule">
      <Choice
        label={t('rule.label', { name })}
        value={ruleOf(rule)}
        onChange={(kind) => put(withRule(rules, of, kind))}
        options={kinds}
      />
      {rings ? (
        <Choice
          quiet
          label={t('rule.hours', { name })}
          value={hoursOf(rule)}
          onChange={(kind) => put(withHours(rules, of, begin[kind]))}
          options={hours}
        />
      ) : null}
      {rings && rule.quiet !== undefined && rule.quiet !== 'never' ? (
        <HoursFields hours={rule.quiet} name={name} onChange={(quiet) => put(withHours(rules, of, quiet))} />
      ) : null}
    </span>
  );
}
/** What each choice begins with. */
const begin: Readonly<Record<HoursKind, NotifyRule['quiet']>> = { inherit: undefined, never: 'never', own: night };
const none: Readonly<Record<string, NotifyRule>> = {};
