// The snippets of docs/realtime.md, run as they stand there, under the project's rules.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as sdk from 'firebase/database';
import { client, done, rest, until } from './sdk.mjs';

const page = readFileSync('../../../docs/realtime.md', 'utf8');
const code = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(block => block[1]).join('\n');
const names = Object.keys(sdk).filter(name => /^[a-z]\w*$/i.test(name));
const { join, watch, typing, topRows } = new Function(...names, `${code}\nreturn { join, watch, typing, topRows };`)(
  ...names.map(name => sdk[name])
);
const states = async () => Object.values((await rest('GET', 'status/ada')) ?? {}).map(node => node.state);
// A write that was not acknowledged is sent again with the next connection: a round trip waits for that.
const goOffline = async db => {
  await sdk.get(sdk.ref(db, 'status/ada'));
  sdk.goOffline(db);
};

const phone = client(undefined, { sub: 'ada' });
const laptop = client(undefined, { sub: 'ada' });
const bob = client(undefined, { sub: 'bob' });

// Coming and going.
join(phone, 'status/ada');
const second = join(laptop, 'status/ada');
await until('both are there', async () => (await states()).join() === 'online,online');
await goOffline(phone);
await until('one is gone', async () => (await states()).join() === 'online');
await second.away();
assert.deepEqual(await states(), ['away']);
await second.back();
assert.deepEqual(await states(), ['online']);
sdk.goOnline(phone);
await until('both are back', async () => (await states()).join() === 'online,online');
await goOffline(phone);
await second.leave();
await until('nobody is left', async () => (await states()).length === 0);

// Others.
let refused = 0;
watch(bob, 'presence/ada', assert.fail, () => refused++);
await until('who may not watch is refused', () => refused === 1);
await rest('PUT', 'watchers/ada/bob', Date.now() + 3_600_000);
await rest('PUT', 'presence/ada', { state: 'online' });
let seen;
watch(bob, 'presence/ada', presence => (seen = presence), () => refused++);
await until('bob sees ada', () => seen?.state === 'online');
await rest('PUT', 'presence/ada', { state: 'offline', lastSeen: 1 });
await until('bob sees ada leave', () => seen?.state === 'offline');
await rest('DELETE', 'watchers/ada/bob');
await until('who may not watch any more is refused', () => refused === 2);

// Typing.
await rest('PUT', 'chats/c/members', { ada: 'owner', bob: 'member' });
sdk.goOnline(phone);
let typists = [];
typing(bob, 'c', 'bob', now => (typists = now));
const ada = typing(phone, 'c', 'ada', () => {});
await ada.press();
await until('bob sees ada type', () => typists.join() === 'ada');
await ada.pause();
await until('bob sees ada pause', () => typists.length === 0);

// Leaderboards.
await rest('PUT', 'leaderboards/race/all-time/rows', { ann: { uid: 'ann', rank: 2 }, bob: { uid: 'bob', rank: 1 } });
let rows = [];
topRows(client(), 'race', 'all-time', now => (rows = now));
await until('the rows', () => rows.map(row => row.uid).join() === 'bob,ann');
done();
