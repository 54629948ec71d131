import { BASE, documentOf, Problem } from '../shared/api.js';

/** Sends a file with its form, tells how many bytes are gone, and gives the answer. fetch doesn't tell progress. */
export function upload(file, { path, form }, progress) {
  const body = new FormData();
  Object.entries(form).forEach(([name, value]) => name !== 'file' && body.append(name, value));
  body.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', new URL(path, BASE));
    request.setRequestHeader('Accept', 'application/json');
    request.upload.addEventListener('progress', (event) => progress(Math.min(event.loaded, file.size)));
    request.addEventListener('error', () => reject(new Problem({ title: 'The file was not sent', code: 'unreachable', detail: `The connection to ${BASE.origin} broke. The file is still chosen: send it again.` })));
    request.addEventListener('load', () => {
      if (request.status === 200) resolve(JSON.parse(request.responseText));
      else reject(new Problem(documentOf(request.responseText, request.status)));
    });
    request.send(body);
  });
}
