// 100 transactions of several clients on one counter at once.
import assert from 'node:assert/strict';
import { get, ref, runTransaction, set } from 'firebase/database';
import { client, done } from './sdk.mjs';

const clients = Array.from({ length: 10 }, () => client());
const add = db => runTransaction(ref(db, 'counter'), count => (count ?? 0) + 1);
const results = await Promise.all(
  Array.from({ length: 100 }, async (_, i) => {
    for (;;) {
      try {
        return await add(clients[i % 10]);
      } catch (e) {
        // The SDK gives up after 25 conflicts; then nothing was written.
        assert.equal(e.message, 'maxretry');
      }
    }
  })
);
assert.ok(results.every(result => result.committed));
assert.equal((await get(ref(client(), 'counter'))).val(), 100);

const given = await runTransaction(ref(clients[0], 'counter'), count => (count === 100 ? undefined : count));
assert.equal(given.committed, false);
await set(ref(clients[1], 'nested'), { a: { b: 1.5, c: 'ü', d: [true, false] } });
const nested = await runTransaction(ref(clients[0], 'nested'), now => (now === null ? now : { ...now, e: 1 }));
assert.deepEqual(nested.snapshot.val(), { a: { b: 1.5, c: 'ü', d: [true, false] }, e: 1 });
done();
