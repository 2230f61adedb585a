/** Streams a file to the Node host, which answers where it put it. Rejects with the host's words. */
export async function uploadToHost(file: File): Promise<string> {
  const response = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file });
  if (!response.ok) throw new Error((await response.text()) || `${response.status}`);
  const answer: unknown = await response.json();
  if (typeof answer === 'object' && answer !== null && 'path' in answer && typeof answer.path === 'string')
    return answer.path;
  throw new Error('The host did not say where it put the file.');
}
