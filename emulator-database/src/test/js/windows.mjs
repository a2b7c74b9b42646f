// `limitToLast(10)` under 1,000 random writes, compared with a plain model.
import assert from 'node:assert/strict';
import { limitToLast, onChildAdded, onChildChanged, onChildMoved, onChildRemoved, orderByChild, query, ref, set, update } from 'firebase/database';
import { client, done, until } from './sdk.mjs';

const SEEDS = 2;
const WRITES = 1_000;

function random(seed) {
  return bound => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * bound);
  };
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

async function program(seed) {
  const next = random(seed);
  const model = new Map();
  const shown = [];
  const path = `window-${seed}`;
  const reader = client();
  const writer = client();
  const window = query(ref(reader, path), orderByChild('n'), limitToLast(10));
  const insert = (child, before) => {
    const at = before === null ? 0 : shown.findIndex(each => each.key === before) + 1;
    assert.ok(before === null || at > 0, `${child.key} comes after ${before}, which is not there`);
    shown.splice(at, 0, { key: child.key, n: child.val().n });
  };
  const take = child => {
    const at = shown.findIndex(each => each.key === child.key);
    assert.ok(at >= 0, `${child.key} goes, and is not there`);
    shown.splice(at, 1);
  };
  onChildAdded(window, insert);
  onChildRemoved(window, take);
  onChildMoved(window, (child, before) => { take(child); insert(child, before); });
  onChildChanged(window, child => { shown.find(each => each.key === child.key).n = child.val().n; });
  let last;
  for (let i = 0; i < WRITES; i++) {
    const changes = {};
    for (let many = next(3); many >= 0; many--) {
      const key = `k${next(40)}`;
      if (next(4) === 0) {
        changes[key] = null;
        model.delete(key);
      } else {
        changes[key] = { n: next(20) };
        model.set(key, changes[key].n);
      }
    }
    last = next(2) === 0 && Object.keys(changes).length === 1
      ? set(ref(writer, `${path}/${Object.keys(changes)[0]}`), Object.values(changes)[0])
      : update(ref(writer, path), changes);
  }
  await last;
  const expected = [...model].map(([key, n]) => ({ key, n }))
    .sort((a, b) => compare(a.n, b.n) || compare(a.key, b.key)).slice(-10);
  await until(`seed ${seed}: ${JSON.stringify(expected)}`, () => JSON.stringify(shown) === JSON.stringify(expected));
}

await Promise.all(Array.from({ length: SEEDS }, (_, seed) => program(seed + 1)));
done();
