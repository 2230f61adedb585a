import type { DragEvent } from 'react';
import type { ConversationId } from '../../../src-shared/model/index.ts';
import type { Workspace } from '../../state/workspace.ts';
import { isSelected, sizeOf } from './selection.ts';

const type = 'application/x-carillon-conversations';

/** Takes hold of a row; of the whole selection when the row is in it. */
export function dragConversations(event: DragEvent, { list, i18n }: Workspace, id: ConversationId): void {
  const state = list.getState();
  const whole = isSelected(state, id);
  const ids = whole ? [...state.selected] : [id];
  const size = whole ? sizeOf(state, state.total) : 1;
  event.dataTransfer.setData(type, JSON.stringify(ids));
  event.dataTransfer.effectAllowed = 'move';
  const image = document.createElement('div');
  image.className = 'drag-image';
  image.textContent = i18n.t('list.dragged', { count: size });
  document.body.append(image);
  event.dataTransfer.setDragImage(image, -12, -8);
  // The browser takes its picture when this event is over.
  setTimeout(() => image.remove());
}

export const carriesConversations = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes(type);

export function conversationsOf({ dataTransfer }: DragEvent): readonly ConversationId[] {
  const text = dataTransfer.getData(type);
  return text === '' ? [] : (JSON.parse(text) as ConversationId[]);
}
