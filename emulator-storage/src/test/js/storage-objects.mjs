// What is written, read, listed, described and deleted.
import assert from 'node:assert/strict';
import {
  deleteObject, getBytes, getDownloadURL, getMetadata, list, listAll, ref, updateMetadata,
  uploadBytes, uploadString
} from 'firebase/storage';
import { bytes, client, done, refused } from './storage.mjs';

const ada = client('ada');
const file = ref(ada, 'users/ada/pictures/ä b+c.png');
const content = bytes(1000);

const { metadata } = await uploadBytes(file, content, {
  contentType: 'image/png', cacheControl: 'private', customMetadata: { place: 'Köln' }
});
assert.equal(metadata.size, 1000);
assert.equal(metadata.contentType, 'image/png');
assert.equal(metadata.name, 'ä b+c.png');
assert.deepEqual(metadata.customMetadata, { place: 'Köln' });
assert.deepEqual(new Uint8Array(await getBytes(file)), content);
assert.deepEqual(new Uint8Array(await getBytes(file, 10)), content.slice(0, 10));

// Whoever has the address reads it, whole or in part.
const url = await getDownloadURL(file);
const anyone = await fetch(url);
assert.equal(anyone.headers.get('Content-Type'), 'image/png');
assert.deepEqual(new Uint8Array(await anyone.arrayBuffer()), content);
const part = await fetch(url, { headers: { Range: 'bytes=5-9' } });
assert.equal(part.status, 206);
assert.deepEqual(new Uint8Array(await part.arrayBuffer()), content.slice(5, 10));
assert.equal(await getDownloadURL(file), url);
assert.equal((await fetch(url.replace(/token=.{4}/, 'token=0000'))).status, 403);

const changed = await updateMetadata(file, {
  cacheControl: 'public, max-age=60', contentLanguage: 'de', customMetadata: { place: null, by: 'ada' }
});
assert.equal(changed.cacheControl, 'public, max-age=60');
assert.deepEqual(changed.customMetadata, { by: 'ada' });
assert.equal(changed.contentType, 'image/png');
assert.equal((await getMetadata(file)).metageneration, changed.metageneration);
assert.equal(await getDownloadURL(file), url);

await uploadString(ref(ada, 'users/ada/notes/1.txt'), 'hello', 'raw', { contentType: 'text/plain' });
await uploadString(
  ref(ada, 'users/ada/notes/2.txt'), 'data:text/plain;base64,aGVsbG8=', 'data_url');
await uploadString(ref(ada, 'users/ada/top.txt'), 'x', 'raw', { contentType: 'text/plain' });
const folder = ref(ada, 'users/ada');
const everything = await listAll(folder);
assert.deepEqual(everything.items.map(item => item.name), ['top.txt']);
assert.deepEqual(everything.prefixes.map(prefix => prefix.name), ['notes', 'pictures']);
const first = await list(folder, { maxResults: 2 });
assert.equal(first.items.length + first.prefixes.length, 2);
const rest = await list(folder, { maxResults: 2, pageToken: first.nextPageToken });
assert.deepEqual(rest.items.map(item => item.fullPath), ['users/ada/top.txt']);
assert.equal(rest.nextPageToken, undefined);

await deleteObject(file);
await refused(getMetadata(file), 'object-not-found');
await refused(getBytes(file), 'object-not-found');
await refused(deleteObject(file), 'object-not-found');
assert.ok((await fetch(url)).status >= 400);
done();
