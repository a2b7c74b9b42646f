// The page: who uploads, what becomes of it, and the player.
// `?video=ID` opens a video that is there, `?hls=URL` any stream, with `thumbnails=URL`.
import { Player } from './player.js';
import { send } from './upload.js';

const POLL_MS = 700;
const $ = id => document.getElementById(id);
const wished = new URLSearchParams(location.search);
// Lists grow while qualities are made: those in the browser's cache may be old.
const player = new Player(url => {
  const known = headers(new URL(url, location.href));
  return known.Authorization ? { ...known, 'Cache-Control': 'no-cache' } : known;
});
let token = null;
let cancelling = new AbortController();

/** Our own API wants to know who asks; Cloud Storage must not learn it. */
function headers(url) {
  return url.origin === location.origin && token ? { Authorization: `Bearer ${token}` } : {};
}

async function signIn() {
  const answer = await fetch('/_local/token', { method: 'POST', body: JSON.stringify({ uid: $('uid').value }) });
  token = (await answer.json()).idToken;
}

async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { ...headers(new URL(path, location.href)), 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body)
  });
  const said = answer.status === 204 ? null : await answer.json();
  if (!answer.ok) {
    const fields = (said.errors ?? []).map(error => `${error.field} ${error.message}`).join('; ');
    throw new Error(`${said.title}: ${said.detail ?? ''} ${fields}`);
  }
  return said;
}

function show(state) {
  $('state').textContent = state;
}

function pause(signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, POLL_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('Cancelled'));
    }, { once: true });
  });
}

/** An upload that was begun with this file before goes on, also after the page was closed. */
async function session(file) {
  const key = `upload:${$('uid').value}:${file.name}:${file.size}:${file.lastModified}`;
  const known = localStorage.getItem(key);
  if (known) {
    const { id, chunkBytes } = JSON.parse(known);
    const upload = await call('GET', `/api/uploads/${id}`).catch(() => null);
    if (upload?.uploadUrl) {
      return { ...upload, chunkBytes };
    }
  }
  const opened = await call('POST', '/api/uploads', {
    kind: 'video', bytes: file.size, contentType: file.type || 'video/x-matroska'
  });
  localStorage.setItem(key, JSON.stringify({ id: opened.id, chunkBytes: opened.chunkBytes }));
  return opened;
}

async function upload(file, signal) {
  show('Opening a session');
  const opened = await session(file);
  signal.addEventListener('abort', () => call('DELETE', `/api/uploads/${opened.id}`).catch(() => {}), { once: true });
  show('Sending');
  await send(file, opened, sent => ($('sent').value = sent / file.size), signal);
  const video = await call('POST', '/api/videos', { uploadId: opened.id, title: $('title').value });
  show('Checking');
  let checked = await call('GET', `/api/uploads/${opened.id}`);
  while (checked.state !== 'accepted') {
    if (checked.state === 'refused') {
      throw new Error(`The upload was refused: ${checked.reason}`);
    }
    await pause(signal);
    checked = await call('GET', `/api/uploads/${opened.id}`);
  }
  return video.id;
}

/** Shows a video as soon as something of it can be played, and what comes later as it comes. */
async function watch(id, signal) {
  let shown = 0;
  while (true) {
    const video = await call('GET', `/api/videos/${id}`);
    $('made').value = video.progress;
    show(video.failure ? `Failed: ${video.failure.detail}` : video.state);
    const made = video.renditions.length + (video.thumbnails ? 1 : 0);
    if (video.playback && made > shown) {
      shown = made;
      await player.load({ hls: video.playback.hls, poster: video.poster?.medium, thumbnails: video.thumbnails });
    }
    // It is ready as soon as something plays; better qualities follow.
    if (video.state === 'failed' || video.progress === 1) {
      return;
    }
    await pause(signal);
  }
}

async function run(work) {
  cancelling = new AbortController();
  $('problem').hidden = true;
  $('progress').hidden = false;
  $('send').disabled = true;
  try {
    await signIn();
    await work(cancelling.signal);
  } catch (e) {
    $('problem').textContent = e.message;
    $('problem').hidden = false;
  } finally {
    $('send').disabled = false;
  }
}

$('cancel').onclick = () => cancelling.abort();
$('upload').onsubmit = event => {
  event.preventDefault();
  run(async signal => {
    const id = await upload($('file').files[0], signal);
    history.replaceState(null, '', `?video=${id}`);
    await watch(id, signal);
  });
};

if (wished.has('video')) {
  run(signal => watch(wished.get('video'), signal));
} else if (wished.has('hls')) {
  player.load({
    hls: wished.get('hls'),
    thumbnails: wished.get('thumbnails')
  });
}
