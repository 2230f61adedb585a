import type { IncomingMessage, ServerResponse } from 'node:http';
import { systemCode } from '../errors.ts';
import { storeUpload } from '../uploads.ts';
import { failure, send, sendError } from './respond.ts';

/** `POST /upload?name=<file name>`: answers `{"path": ..., "bytes": ...}`, good for `import.start`. */
export const takeUpload = async (
  folder: string,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return sendError(response, 405, failure('method', 'Uploads are made with POST.'));
  }
  try {
    const stored = await storeUpload(folder, name, request);
    send(response, 200, 'application/json; charset=utf-8', JSON.stringify(stored));
  } catch (error) {
    // The page went away in the middle: there is nobody to tell.
    if (request.destroyed && !request.complete) return;
    if (systemCode(error) === 'ENOSPC') return sendError(response, 507, failure('full', 'The disk is full.', true));
    throw error;
  }
};
