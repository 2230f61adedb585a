export function servePage(options?: {
  readonly host?: { readonly url: string; readonly token: () => string };
}): Promise<{ readonly url: string; close(): Promise<void> }>;
