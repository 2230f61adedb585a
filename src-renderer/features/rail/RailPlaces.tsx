import { BellRing, Paperclip, Users } from 'lucide-react';
import { useT } from '../../i18n/react.ts';
import { useFeature } from '../../state/context.tsx';
import type { Place } from '../navigation/place.ts';
import { RailEntry } from './RailEntry.tsx';

/** Places that are no lists of conversations. */
export function RailPlaces({ place, go }: { place: Place; go: (place: Place) => void }) {
  const t = useT();
  const notices = useFeature('notices', (state) => state.conversations);
  return (
    <>
      <li>
        <RailEntry
          icon={<BellRing />}
          text={t('notices.title')}
          count={notices}
          current={place.is === 'notifications'}
          onOpen={() => go({ is: 'notifications' })}
        />
      </li>
      <li>
        <RailEntry
          icon={<Users />}
          text={t('people.title')}
          current={place.is === 'people'}
          onOpen={() => go({ is: 'people', person: null })}
        />
      </li>
      <li>
        <RailEntry
          icon={<Paperclip />}
          text={t('files.title')}
          current={place.is === 'files'}
          onOpen={() => go({ is: 'files' })}
        />
      </li>
    </>
  );
}
