// Presence as clients see it: through the official SDK, under the project's rules.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as sdk from 'firebase/database';
import { connected, done, snippets } from './app.mjs';
import { done as end, until } from './sdk.mjs';

const { get, ref, set, serverTimestamp } = sdk;
const { join, watch } = snippets(readFileSync('../../../docs/realtime.md', 'utf8'), sdk, 'join', 'watch');
const denied = promise => assert.rejects(promise, /permission.denied/i);
const watching = async (uid, ...users) => (await done(uid, 'PUT', '/api/presence/watching', { users })).items;

// ann comes; bob follows her, eve does not.
const own = await done('ann', 'GET', '/api/presence/me');
const there = join(await connected('ann', own.database), own.path);
const [place] = await watching('bob', 'ann');
const bob = await connected('bob', place.database);
const eve = await connected('eve', place.database);
let seen;
let refused = 0;
watch(bob, place.path, presence => (seen = presence), () => refused++);
await until('bob sees ann', () => seen?.state === 'online');
await done('ann', 'PATCH', '/api/presence/me', { activity: 'in a match' });
await until('bob sees what she does', () => seen?.activity === 'in a match');
await there.away();
await until('bob sees that she is away', () => seen?.state === 'away');
await there.back();
await until('bob sees that she is back', () => seen?.state === 'online');

assert.deepEqual(await watching('eve', 'ann'), []);
await denied(get(ref(eve, place.path)));
await denied(get(ref(bob, own.path)));
await denied(set(ref(eve, `${own.path}/forged`), { state: 'online', at: serverTimestamp() }));
await denied(set(ref(eve, 'watchers/ann/eve'), Date.now() + 3_600_000));

// Nobody sees a blocker.
await done('ann', 'PUT', '/api/users/bob/block');
await until('bob is refused', () => refused === 1);
assert.deepEqual(await watching('bob', 'ann'), []);
assert.deepEqual((await done('bob', 'GET', '/api/presence?users=ann')).items, []);
await denied(get(ref(bob, place.path)));
// Nor does a blocker see.
assert.deepEqual(await watching('ann', 'bob'), []);

// Who narrows the circle is seen by nobody outside any more, at once.
await done('ann', 'PATCH', '/api/presence/me', { visibility: 'everybody' });
const [again] = await watching('eve', 'ann');
let lost = 0;
watch(eve, again.path, presence => (seen = presence), () => lost++);
await until('eve sees ann', () => seen?.state === 'online');
await done('ann', 'PATCH', '/api/presence/me', { visibility: 'nobody' });
await until('eve is refused', () => lost === 1);
end();
