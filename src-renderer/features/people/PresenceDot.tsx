import './presence.css';
import type { PresenceState } from '../../../src-shared/ipc/index.ts';
import type { Key } from '../../i18n/index.ts';
import { useT } from '../../i18n/react.ts';

const words = {
  online: 'presence.online',
  away: 'presence.away',
  busy: 'presence.busy',
  offline: 'presence.offline',
} as const satisfies Record<PresenceState, Key>;

/** Whether somebody is there, as their network tells; nothing where it does not. */
export function PresenceDot({ state }: { state: PresenceState | undefined }) {
  const t = useT();
  if (state === undefined) return null;
  return (
    <span className="presence" data-state={state} title={t(words[state])}>
      <span className="visually-hidden">{t(words[state])}</span>
    </span>
  );
}
export const presenceWord = (state: PresenceState): Key => words[state];
