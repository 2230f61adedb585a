import { createContext, useContext } from 'react';

/** Where a message is drawn: among all of its conversation, or beside them in its thread. It may stand in both at once. */
export type Surface = 'messages' | 'thread';
export const SurfaceContext = createContext<Surface>('messages');
export const useSurface = (): Surface => useContext(SurfaceContext);
/** Where the focus is, of the two. */
export const focusedSurface = (): Surface => (document.activeElement?.closest('.thread') ? 'thread' : 'messages');
