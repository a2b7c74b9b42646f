// What is left to be written at a disconnect, and what becomes of writes while offline.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { get, goOffline, goOnline, onDisconnect, onValue, ref, serverTimestamp, set, update } from 'firebase/database';
import { address, client, done, namespace, until } from './sdk.mjs';

const watcher = client();
const value = async path => (await get(ref(watcher, path))).val();

const leaving = client();
await onDisconnect(ref(leaving, 'left/set')).set({ at: serverTimestamp() });
await onDisconnect(ref(leaving, 'left/merged')).update({ a: 1, 'b/c': 2 });
await set(ref(leaving, 'left/removed'), true);
await onDisconnect(ref(leaving, 'left/removed')).remove();
await onDisconnect(ref(leaving, 'left/cancelled')).set('never');
await onDisconnect(ref(leaving, 'left/cancelled')).cancel();
await onDisconnect(ref(leaving, 'left/half')).update({ kept: 1, cancelled: 2 });
await onDisconnect(ref(leaving, 'left/half/cancelled')).cancel();
goOffline(leaving);
await until('the leave', async () => (await value('left/half')) !== null);
const left = await value('left');
assert.ok(Math.abs(left.set.at - Date.now()) < 60_000);
assert.deepEqual({ ...left, set: 0 }, { set: 0, merged: { a: 1, b: { c: 2 } }, half: { kept: 1 } });

// Offline writes wait, and go out in their order.
set(ref(leaving, 'queue'), 1);
update(ref(leaving), { queue: 2, other: 3 });
const third = set(ref(leaving, 'queue'), 3);
assert.equal(await value('queue'), null);
goOnline(leaving);
await third;
assert.equal(await value('queue'), 3);
assert.equal(await value('other'), 3);

// A listener holds through a reconnect, and hears what it missed.
let heard;
onValue(ref(leaving, 'missed'), snapshot => { heard = snapshot.val(); });
await set(ref(watcher, 'missed'), 'before');
await until('the first value', () => heard === 'before');
goOffline(leaving);
await set(ref(watcher, 'missed'), 'after');
goOnline(leaving);
await until('what was missed', () => heard === 'after');

// A client that is killed leaves too.
const child = spawn(process.execPath, ['killed.mjs', address, namespace], { stdio: ['ignore', 'pipe', 'inherit'] });
await new Promise(resolve => child.stdout.once('data', resolve));
assert.equal(await value('killed/online'), true);
child.kill('SIGKILL');
await until('the killed client to be offline', async () => (await value('killed/online')) === false);
done();
