import './problems.css';
import { CircleAlert, Info } from 'lucide-react';
import type { SendLimits } from '../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import type { Refused } from './fits.ts';
import { mentionsAttachment } from './forgotten.ts';
import type { Composer } from './store.ts';
import { unfilled } from './templates.ts';

/** What will not go out as it is, before it goes; and why the last try did not. */
export function Problems({ composer, limits }: { composer: Composer; limits: SendLimits }) {
  const t = useT();
  const formats = useFormats();
  const { text } = composer.composition;
  const over = limits.maxText > 0 && text.length > limits.maxText;
  const forgotten =
    composer.composition.parts.length === 0 && composer.uploading.length === 0 && mentionsAttachment(text);
  const left = unfilled(text);
  const { error, refused } = composer;
  const elsewhere = useFeature(
    'outbox',
    (state) => state.drafts.find(({ id }) => id === composer.draft)?.elsewhere === true,
  );
  if (
    !elsewhere &&
    !over &&
    !error &&
    !forgotten &&
    left.length === 0 &&
    refused.length === 0 &&
    composer.problems.length === 0
  )
    return null;
  const why = ({ name, why: reason, most }: Refused): string =>
    ({
      kind: t('attachment.refusedKind', { name }),
      size: t('attachment.refusedSize', { name, most: formats.bytes(most) }),
      total: t('attachment.refusedTotal', { name, most: formats.bytes(most) }),
      count: t('attachment.refusedCount', { name, count: most }),
    })[reason];
  return (
    <div role="status">
      <ul className="compose-problems">
        {error ? (
          <li data-level="rejected">
            <CircleAlert aria-hidden="true" />
            {error}
          </li>
        ) : null}
        {refused.map((one) => (
          <li key={one.name} data-level="rejected">
            <CircleAlert aria-hidden="true" />
            {why(one)}
          </li>
        ))}
        {elsewhere ? (
          <li>
            <Info aria-hidden="true" />
            {t('draft.elsewhere')}
          </li>
        ) : null}
        {over ? (
          <li data-level="rejected">
            <CircleAlert aria-hidden="true" />
            {t('compose.tooLong', { count: text.length, most: formats.number(limits.maxText) })}
          </li>
        ) : null}
        {forgotten ? (
          <li>
            <Info aria-hidden="true" />
            {t('compose.forgotten')}
          </li>
        ) : null}
        {left.length > 0 ? (
          <li>
            <Info aria-hidden="true" />
            {t('compose.unfilled', { names: left.join(', ') })}
          </li>
        ) : null}
        {composer.problems.map((problem) => (
          <li key={`${problem.what} ${problem.why}`} data-level={problem.level}>
            {problem.level === 'rejected' ? <CircleAlert aria-hidden="true" /> : <Info aria-hidden="true" />}
            <span>
              <b>{problem.what}</b>: {problem.why}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
