/**
 * From here on `fetch` of this process goes over connections of undici 8. Those Node 24 comes with (undici 7) end the process
 * with an error nobody can catch when a server closes a connection while its answer is not read as fast as it comes
 * (https://github.com/nodejs/undici/issues/5360).
 */
export const connectSteadily = async (): Promise<void> => {
  // Node 20 cannot even load it; what is asked of it there ends with the database anyway.
  const { Agent, setGlobalDispatcher } = await import('undici8');
  setGlobalDispatcher(new Agent({ allowH2: false }));
};
