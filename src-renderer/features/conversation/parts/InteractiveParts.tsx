import './interactive.css';
import { ChartBarBig, Check, ClipboardList, ListChecks } from 'lucide-react';
import type { MessageView } from '../../../../src-shared/ipc/index.ts';
import type { Button, PartOf } from '../../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../../state/context.tsx';
import { accountOf } from '../../accounts/store.ts';
import { conversationKey } from '../../composer/store.ts';
import { focusPane } from '../../shell/focus.ts';
import { Link } from './Link.tsx';
import { Picture } from './Picture.tsx';

interface Press {
  /** Undefined where the network has nothing to press. */
  readonly press: ((choice: { button: string } | { options: string[] }) => void) | undefined;
  /** Why it cannot be done at this moment, in words. */
  readonly why: string | undefined;
}
/** Whether what is drawn can be pressed: the network says so, and it is connected, for a press goes at once or not at all. */
function usePress(message: MessageView): Press {
  const t = useT();
  const { actions } = useWorkspace();
  const can = useFeature('conversation', (state) => state.shown?.view.features.includes('press') ?? false);
  const account = useFeature('accounts', (state) => accountOf(state, message.account));
  if (!can) return { press: undefined, why: undefined };
  const away = account !== undefined && account.state.is !== 'online';
  return {
    press: (choice) => void actions.press(message.id, choice),
    why: away ? t('why.offline', { name: account.label }) : undefined,
  };
}

export function PollPart({ part, message }: { part: PartOf<'poll'>; message: MessageView }) {
  const t = useT();
  const formats = useFormats();
  const { press, why } = usePress(message);
  const chosen = part.options.filter((option) => option.mine).map((option) => option.id);
  const vote = (id: string) => {
    const others = part.multiple ? chosen.filter((one) => one !== id) : [];
    press?.({ options: chosen.includes(id) ? others : [...others, id] });
  };
  const votes = part.options.reduce((sum, option) => sum + (option.votes ?? 0), 0);
  return (
    <div className="part-box">
      <p className="part-head">
        <ChartBarBig aria-hidden="true" />
        <strong dir="auto">{part.question}</strong>
      </p>
      <ul className="part-rows">
        {part.options.map((option) => {
          const share = votes === 0 ? 0 : Math.round((100 * (option.votes ?? 0)) / votes);
          return (
            <li key={option.id} className="poll-option" data-mine={option.mine ?? false}>
              <span className="poll-share" style={{ width: `${share}%` }} />
              {press && !part.closed ? (
                <button
                  type="button"
                  className="part-grow poll-vote"
                  aria-pressed={option.mine ?? false}
                  disabled={why !== undefined}
                  title={why}
                  onClick={() => vote(option.id)}
                  dir="auto"
                >
                  {option.mine ? <Check aria-hidden="true" /> : null}
                  {option.text}
                </button>
              ) : (
                <span className="part-grow" dir="auto">
                  {option.mine ? <Check aria-label={t('part.myVote')} /> : null}
                  {option.text}
                </span>
              )}
              <span>{option.votes === undefined ? '' : `${share} %`}</span>
            </li>
          );
        })}
      </ul>
      <p className="part-foot">
        {t('part.votes', { count: votes })} ·{' '}
        {t(part.closed ? 'part.pollClosed' : part.multiple ? 'part.pollMultiple' : 'part.pollSingle')}
        {votes > 999 ? ` (${formats.number(votes)})` : ''}
        {why === undefined || part.closed ? '' : ` · ${why}`}
      </p>
    </div>
  );
}

/** Puts an answer into the composer, where the person sees it before it goes. */
function useAnswer(): (text: string) => void {
  const { composer } = useWorkspace();
  const id = useFeature('conversation', (state) => state.id);
  return (text) => {
    if (id === null) return;
    composer.getState().edit(conversationKey(id), { text });
    focusPane('composer');
  };
}
function ActionButton({ button, message }: { button: Button; message: MessageView }) {
  const answer = useAnswer();
  const { press, why } = usePress(message);
  if (button.action === 'url' && button.value)
    return <Link className="action-button" url={button.value} text={button.label} />;
  if (button.action === 'phone' && button.value)
    return <Link className="action-button" url={`tel:${button.value}`} text={button.label} />;
  const pressed =
    button.action === 'callback' && press ? () => press({ button: button.id }) : () => answer(button.label);
  return (
    <button
      type="button"
      className="action-button"
      disabled={button.action === 'callback' && why !== undefined}
      title={button.action === 'callback' ? why : undefined}
      onClick={pressed}
      dir="auto"
    >
      {button.label}
    </button>
  );
}

export function ButtonsPart({ part, message }: { part: PartOf<'buttons'>; message: MessageView }) {
  return (
    <div className="part-stack">
      {part.text ? <p dir="auto">{part.text}</p> : null}
      <div className={part.quickReplies ? 'actions actions-quick' : 'actions'}>
        {part.buttons.map((button) => (
          <ActionButton key={button.id} button={button} message={message} />
        ))}
      </div>
    </div>
  );
}

export function ListPart({ part }: { part: PartOf<'list'> }) {
  const answer = useAnswer();
  return (
    <div className="part-box">
      {part.title ? (
        <p className="part-head">
          <ListChecks aria-hidden="true" />
          <strong dir="auto">{part.title}</strong>
        </p>
      ) : null}
      {part.text ? <p dir="auto">{part.text}</p> : null}
      <details className="part-details">
        <summary>{part.open}</summary>
        {part.sections.map((section) => (
          <div key={section.title ?? section.rows[0]?.id}>
            {section.title ? <p className="part-foot">{section.title}</p> : null}
            {section.rows.map((row) => (
              <button type="button" key={row.id} className="list-row" onClick={() => answer(row.title)} dir="auto">
                <strong>{row.title}</strong>
                {row.description ? <span>{row.description}</span> : null}
              </button>
            ))}
          </div>
        ))}
      </details>
    </div>
  );
}

export function CarouselPart({ part, message }: { part: PartOf<'carousel'>; message: MessageView }) {
  const t = useT();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className="carousel" aria-label={t('part.carousel')} tabIndex={0}>
      {part.cards.map((card) => (
        <div className="carousel-card" key={`${card.title} ${card.subtitle ?? ''}`}>
          <Picture media={card.image} message={message} />
          <strong dir="auto">{card.url ? <Link url={card.url} text={card.title} /> : card.title}</strong>
          {card.subtitle ? <span dir="auto">{card.subtitle}</span> : null}
          <div className="actions">
            {card.buttons.map((button) => (
              <ActionButton key={button.id} button={button} message={message} />
            ))}
          </div>
        </div>
      ))}
    </section>
  );
}

export function FormPart({ part }: { part: PartOf<'form'> }) {
  const t = useT();
  return (
    <div className="part-box">
      <p className="part-head">
        <ClipboardList aria-hidden="true" />
        <strong dir="auto">{part.title}</strong>
      </p>
      <dl className="form-fields">
        {part.fields.map((field) => (
          <div key={field.id}>
            <dt dir="auto">
              {field.label}
              {field.required ? ' *' : ''}
            </dt>
            <dd dir="auto">{field.value ?? field.options?.join(' · ') ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <p className="part-foot">{t(part.submitted ? 'part.formSent' : 'part.formOpen')}</p>
    </div>
  );
}
