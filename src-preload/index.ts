import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';

/** The page's only way out: two generic functions. The shell checks who asks, the hub checks what is asked. */
contextBridge.exposeInMainWorld('carillon', {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('carillon:call', name, input),
  on: (listener: (event: string, payload: unknown) => void): (() => void) => {
    const heard = (_event: IpcRendererEvent, event: string, payload: unknown): void => listener(event, payload);
    ipcRenderer.on('carillon:event', heard);
    return () => {
      ipcRenderer.off('carillon:event', heard);
    };
  },
});
