import { X } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import './start.css';
import type { FeatureName } from '../../../../src-shared/channel.ts';
import { useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { AccountDot } from '../../accounts/AccountDot.tsx';
import { AccountMark } from '../../accounts/AccountMark.tsx';
import { Carries } from '../../conversation/details/Carries.tsx';
import { keepKeys } from '../../shell/ahead.ts';
import { Face } from '../Face.tsx';
import { begin } from './begin.ts';
import { byPerson, type Reachable, type Way, waysTo } from './ways.ts';

/** Who is offered, and for which words. */
interface Offer {
  readonly text: string | null;
  readonly people: readonly Reachable[];
}
const most = 200;
const shown = 8;

/** A conversation with anybody, over whichever network reaches them: whom, through what, and what goes there. */
export function StartDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const workspace = useWorkspace();
  const { client, report } = workspace;
  const id = useId();
  const accounts = useFeature('accounts', (state) => state.accounts) ?? [];
  const channels = useFeature('accounts', (state) => state.channels);
  const [text, setText] = useState('');
  const [offer, setOffer] = useState<Offer>({ text: null, people: [] });
  const [active, setActive] = useState(0);
  /** Asked for with the arrows though somebody is chosen and nothing typed. */
  const [browsing, setBrowsing] = useState(false);
  const [chosen, setChosen] = useState<readonly Reachable[]>([]);
  const [through, setThrough] = useState<Way['account']['id'] | null>(null);
  const [title, setTitle] = useState('');
  const [busy, setBusy] = useState(false);
  /** Enter was pressed before it was known who is meant: what that does once it is. */
  const waiting = useRef<((people: readonly Reachable[]) => void) | null>(null);
  useEffect(() => {
    let current = true;
    client.call('people.reach', { text, limit: most }).then((reached) => {
      if (!current) return;
      const people = byPerson(reached);
      setOffer({ text, people });
      setActive(0);
      waiting.current?.(people);
    }, report);
    return () => {
      current = false;
    };
  }, [text, client, report]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, or none: nobody waits any longer
  useEffect(() => () => waiting.current?.([]), [text]);
  const free = (people: readonly Reachable[]): readonly Reachable[] =>
    people.filter((one) => !chosen.some((other) => other.id === one.id)).slice(0, shown);
  // Once somebody is chosen what matters is what comes next; the others come back with a letter or an arrow.
  const offered = chosen.length === 0 || text.trim() !== '' || browsing ? free(offer.people) : [];
  const ways = waysTo(chosen, accounts, channels);
  const way = ways.find(({ account }) => account.id === through) ?? ways.find(({ why }) => why === null) ?? ways[0];
  const take = (one: Reachable | undefined): void => {
    if (!one) return;
    setChosen([...chosen, one]);
    setText('');
    setBrowsing(false);
  };
  /** Fast hands are ahead of what is offered: nobody is taken who was offered for less than what is typed now. */
  const choose = (): void => {
    if (offer.text === text) {
      take(offered[active]);
      return;
    }
    const release = keepKeys(() => {
      waiting.current = null;
    });
    waiting.current = (people) => {
      waiting.current = null;
      take(free(people)[0]);
      release();
    };
  };
  const start = (): void => {
    if (!way || way.why !== null || busy) return;
    setBusy(true);
    begin(workspace, way, title.trim(), onClose).catch((error: unknown) => {
      setBusy(false);
      report(error);
    });
  };
  const keys = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' && offered.length === 0 && text === '') setBrowsing(true);
    else if (event.key === 'ArrowDown') setActive((active + 1) % Math.max(1, offered.length));
    else if (event.key === 'ArrowUp') setActive((active + offered.length - 1) % Math.max(1, offered.length));
    else if (event.key === 'Enter' && text.trim() === '' && chosen.length > 0) start();
    else if (event.key === 'Enter') choose();
    else if (event.key === 'Backspace' && text === '') setChosen(chosen.slice(0, -1));
    else return;
    event.preventDefault();
  };
  const features = way ? (Object.keys(way.channel.features) as readonly FeatureName[]) : [];
  return (
    <Dialog title={t('command.start')} size="medium" onClose={onClose}>
      <div className="dialog-body start">
        <div className="start-box">
          {chosen.map((one) => (
            <span className="recipient" key={one.id}>
              <span className="truncate" dir="auto">
                {one.name}
              </span>
              <button
                type="button"
                aria-label={t('compose.removeRecipient', { name: one.name })}
                onClick={() => setChosen(chosen.filter((other) => other !== one))}
              >
                <X />
              </button>
            </span>
          ))}
          <input
            type="text"
            role="combobox"
            data-first=""
            aria-expanded={offered.length > 0}
            aria-controls={id}
            aria-activedescendant={offered[active] ? `${id}-${active}` : undefined}
            aria-label={t('start.whom')}
            placeholder={t(chosen.length === 0 ? 'start.whom' : 'start.more')}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={keys}
          />
        </div>
        <div
          id={id}
          className="start-people"
          role="listbox"
          aria-label={t('compose.suggestions')}
          hidden={chosen.length > 0 && offered.length === 0}
        >
          {offered.map((one, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box, see aria-activedescendant
            <div
              key={one.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              className="suggestion"
              onPointerDown={(event) => {
                event.preventDefault();
                take(one);
              }}
            >
              <Face of={one.ways.find(({ picture }) => picture)} name={one.name} size={26} />
              <span className="truncate" dir="auto">
                {one.name}
              </span>
              <span className="start-marks">
                {accounts
                  .filter((account) => one.ways.some((way) => way.account === account.id))
                  .map((account) => (
                    <AccountMark key={account.id} account={account} />
                  ))}
              </span>
            </div>
          ))}
        </div>
        {chosen.length > 0 ? (
          <fieldset className="start-ways">
            <legend>{t('start.through')}</legend>
            {ways.length === 0 ? <p className="setting-help">{t('start.noWay')}</p> : null}
            {ways.map(({ account, channel, why }) => (
              <label key={account.id} className="start-way" data-why={why !== null}>
                <input
                  type="radio"
                  name={`${id}-way`}
                  checked={account.id === way?.account.id}
                  disabled={why !== null}
                  onChange={() => setThrough(account.id)}
                />
                <AccountMark account={account} />
                <span className="start-way-text">
                  <span className="truncate" dir="auto">
                    {account.label} · {channel.name}
                  </span>
                  {why ? <span className="setting-help">{t(why.key, why.values)}</span> : null}
                </span>
                <AccountDot account={account} />
              </label>
            ))}
          </fieldset>
        ) : null}
        {way && !way.letter && chosen.length > 1 ? (
          <label className="start-title">
            {t('start.title')}
            <input
              className="field"
              type="text"
              maxLength={200}
              dir="auto"
              value={title}
              placeholder={t('start.titleHint')}
              onChange={(event) => setTitle(event.target.value)}
            />
          </label>
        ) : null}
        {way ? <Carries limits={way.channel.send} features={features} /> : null}
        <div className="dialog-actions">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button tone="primary" disabled={!way || way.why !== null || busy} onClick={start}>
            {t(way?.letter ? 'start.write' : 'start.begin')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
