import './typing.css';
import { useEffect } from 'react';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';

export function TypingLine() {
  const t = useT();
  const typing = useFeature('conversation', (state) => state.typing);
  const drop = useFeature('conversation', (state) => state.dropTyping);
  useEffect(() => {
    if (typing.length === 0) return;
    const timer = setInterval(() => drop(Date.now()), 500);
    return () => clearInterval(timer);
  }, [typing, drop]);
  return (
    <p className="typing" aria-live="polite">
      {typing.length > 0 ? (
        <>
          <span className="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {t('conversation.typing', { count: typing.length, names: typing.map((one) => one.name).join(', ') })}
        </>
      ) : null}
    </p>
  );
}
