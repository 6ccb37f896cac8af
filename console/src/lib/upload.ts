import type { z } from 'zod';
import type { Stored as StoredShape } from '../../../hub/shapes/house.ts';
import { ApiError } from './api.ts';

export type Stored = z.infer<typeof StoredShape>;

/**
 * Stores one file. `progress` hears 0 to 1. XMLHttpRequest, because fetch cannot tell how much has left.
 * Throws ApiError (`file_too_large`, `file_type_refused`, `offline`) or an AbortError.
 */
export function upload(file: File, progress: (part: number) => void, signal?: AbortSignal): Promise<Stored> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file, file.name || 'file');
    request.open('POST', '/api/v1/media');
    request.responseType = 'json';
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () =>
      request.status < 300 && request.response
        ? resolve(request.response as Stored)
        : reject(new ApiError(request.status, request.response ?? {}));
    request.onerror = () => reject(new ApiError(0, {}));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
