import type { ConversationRow, PersonRef } from '../../../src-shared/ipc/index.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { type Pictured, pictureOfConversation, pictureOfPerson } from './pictures.ts';
import { usePicture } from './usePicture.ts';

interface FaceProps {
  readonly name: string;
  readonly size?: number;
}
const Pictures = ({ pictured, ...face }: FaceProps & { pictured: Pictured }) => (
  <Avatar {...face} picture={usePicture(pictured)} />
);

/** Somebody's picture as their network has it, or their initials. */
export const Face = ({ of, ...face }: FaceProps & { of: PersonRef | null | undefined }) => {
  const pictured = of ? pictureOfPerson(of) : null;
  // Most have none, and hundreds of faces come and go as one scrolls: nothing is kept up to date for those.
  return pictured ? <Pictures {...face} pictured={pictured} /> : <Avatar {...face} />;
};
/** A group's own picture; of a conversation between two, or a letter, the other one's. */
export const ConversationFace = ({
  of: { id, kind, people },
  ...face
}: FaceProps & { of: Pick<ConversationRow, 'id' | 'kind' | 'people'> }) => {
  const [other] = people;
  const shared = kind === 'group' || kind === 'channel' || kind === 'feed';
  return shared ? <Pictures {...face} pictured={pictureOfConversation(id)} /> : <Face {...face} of={other} />;
};
