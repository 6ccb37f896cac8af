/** Requests to the sandbox. Addresses are relative: the page works wherever the sandbox is mounted. */
export class Failed extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
async function ask(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const json = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) throw new Failed(json?.code ?? String(response.status), json?.message ?? response.statusText);
  return json;
}
export const get = (/** @type {string} */ path) => ask('GET', path);
export const post = (/** @type {string} */ path, /** @type {unknown} */ body = {}) => ask('POST', path, body);
export const put = (/** @type {string} */ path, /** @type {unknown} */ body) => ask('PUT', path, body);
export const remove = (/** @type {string} */ path) => ask('DELETE', path);

/**
 * Sends a file; `progress` hears shares between 0 and 1. Gives the upload's id.
 * @param {File} file @param {(share: number) => void} progress @returns {Promise<string>}
 */
export function upload(file, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `phone/upload?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () =>
      request.status === 201
        ? resolve(request.response.upload)
        : reject(new Failed(request.response?.code ?? String(request.status), request.response?.message ?? ''));
    request.onerror = () => reject(new Failed('network', ''));
    request.send(file);
  });
}

/**
 * Live news. `opened` is called at every (re)connection: fetch the whole then, and apply what comes after. Beside other
 * phones (`?shared`) the page around us listens for all of them: a browser keeps few connections to one address.
 * @param {() => void} opened @param {(news: import('../model.ts').PhoneNews) => void} heard @param {() => void} lost
 */
export function listen(opened, heard, lost) {
  if (parent !== window && new URLSearchParams(location.search).has('shared')) {
    addEventListener('message', ({ source, origin, data }) => {
      if (source !== parent || origin !== location.origin) return;
      if (data.type === 'open') opened();
      else if (data.type === 'lost') lost();
      else if (data.type === 'news') heard(data.news);
    });
    parent.postMessage({ type: 'ready' }, location.origin);
    return;
  }
  const source = new EventSource('phone/live');
  source.addEventListener('open', opened);
  source.addEventListener('error', lost);
  source.addEventListener('message', (event) => heard(JSON.parse(event.data)));
}
