import type { App, IpcMainInvokeEvent, Session, WebContents } from 'electron';
import { shell } from 'electron';
import { origin } from './page-protocol.ts';

/** Least time between two addresses handed to the system, ms: a page gone wild must not open a hundred. */
const betweenLinksMs = 400;

/** A page stays on our own pages, opens no windows and gets no device, whatever it holds. */
export const guardContents = (app: App): void => {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    guardLinks(contents);
  });
};

/** The window asks the person before it opens a link; what then comes here goes to the system, never into a window. */
const guardLinks = (contents: WebContents): void => {
  let last = 0;
  contents.setWindowOpenHandler(({ url }) => {
    if (isOutside(url) && Date.now() - last >= betweenLinksMs) {
      last = Date.now();
      shell.openExternal(url).catch(() => undefined);
    }
    return { action: 'deny' };
  });
};

export const guardSession = (session: Session): void => {
  // Copying what the person chose to copy is the one thing a page may ask for.
  const allowed = (permission: string, from: string): boolean =>
    permission === 'clipboard-sanitized-write' && isOurs(from);
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(allowed(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    allowed(permission, `${requestingOrigin}/`),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (_event, item) => {
    // Attachments are saved where the person says; nothing else comes down.
    if (!isOurs(item.getURL())) item.cancel();
  });
};

/** Calls are taken from the top frame of our own page alone: a message's frame has the same origin, but no voice. */
export const isOurPage = (event: IpcMainInvokeEvent): boolean =>
  event.senderFrame !== null &&
  event.senderFrame === event.sender.mainFrame &&
  isOurs(event.senderFrame.url) &&
  !event.sender.isDestroyed();

const isOurs = (url: string): boolean => url === origin || url.startsWith(`${origin}/`);

const isOutside = (url: string): boolean => {
  try {
    return ['http:', 'https:', 'mailto:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
};
