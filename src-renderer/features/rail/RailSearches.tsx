import { Search } from 'lucide-react';
import { useT } from '../../i18n/react.ts';
import { useFeature, useWorkspace } from '../../state/context.tsx';
import { focusPane, soon } from '../shell/focus.ts';
import { RailEntry } from './RailEntry.tsx';
import { RailSection } from './RailSection.tsx';

export function RailSearches() {
  const t = useT();
  const { search } = useWorkspace();
  const saved = useFeature('session', (state) => state.settings?.savedSearches) ?? [];
  const text = useFeature('search', (state) => state.text);
  if (saved.length === 0) return null;
  return (
    <RailSection name="searches" title={t('rail.searches')}>
      <ul>
        {saved.map((one) => (
          <li key={one.id}>
            <RailEntry
              icon={<Search />}
              text={one.name}
              current={text === one.text}
              onOpen={() => {
                search.getState().type(one.text);
                soon(() => focusPane('list'));
              }}
            />
          </li>
        ))}
      </ul>
    </RailSection>
  );
}
