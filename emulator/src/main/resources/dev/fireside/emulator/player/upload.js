// Sends a file straight to Cloud Storage by a resumable session, and goes on after whatever broke.

const PAUSE_MIN_MS = 500;
const PAUSE_MAX_MS = 30_000;

/**
 * Sends what is missing of a file; returns when all of it is there.
 *
 * @param file the file
 * @param session `uploadUrl`, `chunkBytes`, and `receivedBytes` where some are there already
 * @param onProgress is told how many bytes have gone
 * @param signal ends it
 */
export async function send(file, { uploadUrl, chunkBytes, receivedBytes = 0 }, onProgress, signal) {
  let from = receivedBytes;
  let pause = PAUSE_MIN_MS;
  while (true) {
    try {
      const to = Math.min(file.size, from + chunkBytes);
      const range = `bytes ${from}-${to - 1}/${file.size}`;
      const chunk = file.slice(from, to);
      const answer = await put(uploadUrl, chunk, range, sent => onProgress(from + sent), signal);
      if (answer.status < 300) {
        onProgress(file.size);
        return;
      }
      from = kept(answer);
      onProgress(from);
      pause = PAUSE_MIN_MS;
    } catch (e) {
      if (signal.aborted || e instanceof Refused) {
        throw e;
      }
      await new Promise(resolve => setTimeout(resolve, pause));
      pause = Math.min(PAUSE_MAX_MS, pause * 2);
      const there = await put(uploadUrl, null, `bytes */${file.size}`, () => {}, signal)
        .catch(failure => {
          if (failure instanceof Refused) {
            throw failure;
          }
        });
      if (there && there.status < 300) {
        onProgress(file.size);
        return;
      }
      from = there ? kept(there) : from;
    }
  }
}

/** The session cannot be gone on with. */
export class Refused extends Error {}

/** How many bytes the session has, as a 308 says. */
function kept(answer) {
  const range = answer.getResponseHeader('Range');
  return range ? Number(range.split('-')[1]) + 1 : 0;
}

/** One request; fails for what can be tried again, and with [Refused] for what cannot. */
function put(url, body, range, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('Content-Range', range);
    request.upload.onprogress = event => onProgress(event.loaded);
    request.onload = () => {
      if (request.status < 300 || request.status === 308) {
        resolve(request);
      } else if (request.status >= 500 || request.status === 429 || request.status === 408) {
        reject(new Error(`Cloud Storage answered ${request.status}`));
      } else {
        reject(new Refused(`Cloud Storage answered ${request.status}`));
      }
    };
    request.onerror = () => reject(new Error('No connection'));
    request.onabort = () => reject(new Refused('Cancelled'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}
