// Writes and reads of one client.
import assert from 'node:assert/strict';
import {
  get, increment, onValue, push, ref, remove, serverTimestamp, set, setPriority, setWithPriority, update
} from 'firebase/database';
import { client, done, rest, until } from './sdk.mjs';

const db = client();
const seen = [];
onValue(ref(db, 'room'), snapshot => seen.push(snapshot.val()));

await set(ref(db, 'room/a'), { x: 1, list: ['a', 'b'], at: serverTimestamp(), n: increment(3) });
const room = (await get(ref(db, 'room/a'))).val();
assert.deepEqual({ ...room, at: 0 }, { x: 1, list: ['a', 'b'], at: 0, n: 3 });
assert.ok(Math.abs(room.at - Date.now()) < 60_000);

await update(ref(db), { 'room/a/x': 2, 'room/b': true, 'elsewhere/c': null });
assert.deepEqual((await get(ref(db, 'room/a/x'))).val(), 2);
await update(ref(db, 'room/a'), { n: increment(-1), list: null });
assert.equal((await get(ref(db, 'room/a/n'))).val(), 2);

const message = await push(ref(db, 'messages'), { text: 'Grüße 👋' });
assert.deepEqual(await rest('GET', 'messages'), { [message.key]: { text: 'Grüße 👋' } });
await remove(message);
assert.equal(await rest('GET', 'messages'), null);

await setWithPriority(ref(db, 'ranked/a'), 'first', 1);
await setPriority(ref(db, 'ranked/a'), 7);
const other = client();
assert.equal((await get(ref(other, 'ranked/a'))).priority, 7);
assert.deepEqual(await rest('GET', 'ranked/a'), 'first');

// The SDK itself breaks characters outside the basic plane where it splits what it sends.
const big = '0123456789abcdé'.repeat(600_000);
await set(ref(db, 'big/sent'), big);
assert.ok((await rest('GET', 'big/sent')) === big);
const received = '0123456789abcdé👋'.repeat(480_000);
await rest('PUT', 'big/received', received);
assert.ok((await get(ref(db, 'big/received'))).val() === received);
assert.throws(() => set(ref(db, 'big'), 'x'.repeat(10 * 1024 * 1024 + 1)));

await set(ref(db, 'room'), null);
await until('the room to be empty', () => seen.at(-1) === null);
done();
