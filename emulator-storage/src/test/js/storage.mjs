// What the scripts share: an app for each client, and bytes.
import assert from 'node:assert/strict';
import { initializeApp } from 'firebase/app';
import { connectStorageEmulator, getStorage } from 'firebase/storage';

const [address, bucket] = process.argv.slice(2);
const LIMIT_MS = 60_000;

setTimeout(() => {
  console.error('The script does not end');
  process.exit(1);
}, LIMIT_MS);

let clients = 0;

/** A client of its own; `uid` is whom an Auth would have signed in, nobody where it is absent. */
export function client(uid) {
  const storage = getStorage(initializeApp({ storageBucket: bucket }, `client-${clients++}`));
  const [host, port] = address.split(':');
  connectStorageEmulator(storage, host, Number(port), uid ? { mockUserToken: { sub: uid } } : {});
  return storage;
}

/** That many bytes, none like the one before. */
export function bytes(count) {
  return Uint8Array.from({ length: count }, (_, i) => (i * 31 + (i >> 8)) % 251);
}

/** Fails unless the promise is refused with this code. */
export function refused(promise, code) {
  return assert.rejects(promise, { code: `storage/${code}` });
}

/** Ends the process, as nothing of the SDK lets it end by itself. */
export function done() {
  process.exit(0);
}
