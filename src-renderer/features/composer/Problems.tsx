import { CircleAlert, Info } from 'lucide-react';
import type { SendLimits } from '../../../src-shared/model/index.ts';
import { useFormats, useT } from '../../i18n/react.ts';
import type { Composer } from './store.ts';

/** What will not go out as it is, before it goes; and why the last try did not. */
export function Problems({ composer, limits }: { composer: Composer; limits: SendLimits }) {
  const t = useT();
  const formats = useFormats();
  const { text } = composer.composition;
  const over = limits.maxText > 0 && text.length > limits.maxText;
  const forgotten =
    composer.composition.parts.length === 0 &&
    composer.uploading.length === 0 &&
    /\b(attached|attachment|załącz|załącznik)/i.test(text);
  const error = composer.error === 'too-large' ? t('attachment.tooLarge') : composer.error;
  if (!over && !error && !forgotten && composer.problems.length === 0) return null;
  return (
    <ul className="compose-problems" role="status">
      {error ? (
        <li data-level="rejected">
          <CircleAlert aria-hidden="true" />
          {error}
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
      {composer.problems.map((problem) => (
        <li key={`${problem.what} ${problem.why}`} data-level={problem.level}>
          {problem.level === 'rejected' ? <CircleAlert aria-hidden="true" /> : <Info aria-hidden="true" />}
          <span>
            <b>{problem.what}</b>: {problem.why}
          </span>
        </li>
      ))}
    </ul>
  );
}
