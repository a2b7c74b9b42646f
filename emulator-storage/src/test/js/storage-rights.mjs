// What the rules allow and what they do not.
import assert from 'node:assert/strict';
import {
  deleteObject, getBytes, getDownloadURL, getMetadata, listAll, ref, updateMetadata, uploadBytes,
  uploadBytesResumable
} from 'firebase/storage';
import { bytes, client, done, refused } from './storage.mjs';

const nobody = client();
const ada = client('ada');
const bob = client('bob');
const type = { contentType: 'text/plain' };
await uploadBytes(ref(ada, 'users/ada/file'), bytes(10), type);

// Whoever is signed in reads a file, only its owner does anything else.
assert.equal((await getBytes(ref(bob, 'users/ada/file'))).byteLength, 10);
await refused(getBytes(ref(nobody, 'users/ada/file')), 'unauthorized');
await refused(getDownloadURL(ref(nobody, 'users/ada/file')), 'unauthorized');
await refused(listAll(ref(bob, 'users/ada')), 'unauthorized');
await refused(updateMetadata(ref(bob, 'users/ada/file'), type), 'unauthorized');
await refused(deleteObject(ref(bob, 'users/ada/file')), 'unauthorized');
await refused(uploadBytes(ref(bob, 'users/ada/file'), bytes(10), type), 'unauthorized');
await refused(uploadBytes(ref(nobody, 'users/ada/new'), bytes(10), type), 'unauthorized');

// Too large, and of a wrong type; in one go and by chunks.
const large = bytes(2 * 1024 * 1024);
await refused(uploadBytes(ref(ada, 'users/ada/large'), large, type), 'unauthorized');
await refused(uploadBytesResumable(ref(ada, 'users/ada/large'), large, type), 'unauthorized');
await refused(
  uploadBytesResumable(ref(bob, 'users/ada/chunks'), bytes(600_000), type), 'unauthorized');
await refused(
  uploadBytes(ref(ada, 'users/ada/film'), bytes(10), { contentType: 'video/mp4' }), 'unauthorized');
assert.equal((await listAll(ref(ada, 'users/ada'))).items.length, 1);

await refused(uploadBytes(ref(ada, 'public/a'), bytes(10), type), 'unauthorized');
await refused(getMetadata(ref(nobody, 'public/a')), 'object-not-found');
done();
