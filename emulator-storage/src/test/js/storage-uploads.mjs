// Resumable uploads: watched, paused, gone on with, cancelled.
import assert from 'node:assert/strict';
import { getBytes, getMetadata, ref, uploadBytesResumable } from 'firebase/storage';
import { bytes, client, done, refused } from './storage.mjs';

const ada = client('ada');
const content = bytes(1_900_000);
const type = { contentType: 'application/octet-stream' };

const steps = [];
const whole = uploadBytesResumable(ref(ada, 'users/ada/whole'), content, type);
whole.on('state_changed', snapshot => steps.push(snapshot.bytesTransferred));
await whole;
assert.equal(steps.at(0), 0);
assert.equal(steps.at(-1), content.length);
assert.ok(steps.length > 3, `it goes by chunks: ${steps}`);
assert.deepEqual(new Uint8Array(await getBytes(ref(ada, 'users/ada/whole'))), content);

// Paused at its first chunk; what was sent by then counts.
const paused = uploadBytesResumable(ref(ada, 'users/ada/paused'), content, type);
await new Promise(resolve => {
  const stop = paused.on('state_changed', snapshot => {
    if (snapshot.state === 'paused') {
      stop();
      resolve();
    } else if (snapshot.bytesTransferred > 0) {
      paused.pause();
    }
  });
});
assert.ok(paused.snapshot.bytesTransferred < content.length);
await refused(getMetadata(ref(ada, 'users/ada/paused')), 'object-not-found');
assert.ok(paused.resume());
await paused;
assert.deepEqual(new Uint8Array(await getBytes(ref(ada, 'users/ada/paused'))), content);

const cancelled = uploadBytesResumable(ref(ada, 'users/ada/cancelled'), content, type);
cancelled.on('state_changed', snapshot => {
  if (snapshot.bytesTransferred > 0) {
    cancelled.cancel();
  }
}, () => {});
await refused(cancelled, 'canceled');
await refused(getMetadata(ref(ada, 'users/ada/cancelled')), 'object-not-found');

// Nothing at all is an object too.
await uploadBytesResumable(ref(ada, 'users/ada/empty'), new Uint8Array(), type);
assert.equal((await getMetadata(ref(ada, 'users/ada/empty'))).size, 0);
done();
