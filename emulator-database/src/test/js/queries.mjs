// Orders, bounds, cursors and limits, with their child events, against what a model says.
import assert from 'node:assert/strict';
import {
  endAt, endBefore, equalTo, get, limitToFirst, limitToLast, onChildAdded, onChildChanged, onChildMoved,
  onChildRemoved, onValue, orderByChild, orderByKey, orderByPriority, orderByValue, query, ref, set, setWithPriority,
  startAfter, startAt, update
} from 'firebase/database';
import { client, done, until } from './sdk.mjs';

const db = client();
const writer = client();
const keys = async (path, ...constraints) => {
  const found = [];
  (await get(query(ref(db, path), ...constraints))).forEach(child => { found.push(child.key); });
  return found.join(' ');
};

await set(ref(writer, 'q'), {
  a: { n: 1, s: 'x' }, b: { n: 2 }, c: { n: 2, s: 'a' }, d: { s: true }, 10: { n: 'text' }, 2: { n: false }
});
assert.equal(await keys('q', orderByKey()), '2 10 a b c d');
assert.equal(await keys('q', orderByChild('n')), 'd 2 a b c 10');
assert.equal(await keys('q', orderByChild('n'), equalTo(2)), 'b c');
assert.equal(await keys('q', orderByChild('n'), equalTo(2, 'c')), 'c');
assert.equal(await keys('q', orderByChild('n'), startAt(2, 'c')), 'c 10');
assert.equal(await keys('q', orderByChild('n'), startAfter(1)), 'b c 10');
assert.equal(await keys('q', orderByChild('n'), endBefore(2)), 'd 2 a');
assert.equal(await keys('q', orderByChild('n'), endAt(2), limitToLast(2)), 'b c');
assert.equal(await keys('q', orderByChild('n'), startAt(1), limitToFirst(2)), 'a b');
assert.equal(await keys('q', orderByChild('n'), equalTo(null)), 'd');
assert.equal(await keys('q', orderByKey(), startAfter('10'), limitToFirst(2)), 'a b');
assert.equal(await keys('q', orderByKey(), endBefore('a')), '2 10');
await set(ref(writer, 'v'), { a: 3, b: 'z', c: null, d: false, e: 1 });
assert.equal(await keys('v', orderByValue()), 'd e a b');
assert.equal(await keys('v', orderByValue(), startAt(1), endAt(3)), 'e a');
for (const [key, priority] of [['a', 2], ['b', 'high'], ['c', null], ['d', 1]]) {
  await setWithPriority(ref(writer, `p/${key}`), key, priority);
}
assert.equal(await keys('p', orderByPriority()), 'c d a b');
assert.equal(await keys('p'), 'c d a b');
assert.equal(await keys('p', startAt(1), endAt(2)), 'd a');
assert.equal(await keys('p', orderByPriority(), limitToLast(1)), 'b');

// Events of a window, with the key before.
const events = [];
const top = query(ref(db, 'scores'), orderByChild('n'), limitToLast(2));
onChildAdded(top, (child, before) => events.push(`+${child.key}<${before}`));
onChildRemoved(top, child => events.push(`-${child.key}`));
onChildChanged(top, (child, before) => events.push(`~${child.key}<${before}`));
onChildMoved(top, (child, before) => events.push(`>${child.key}<${before}`));
let value;
onValue(top, snapshot => { value = snapshot.val(); });
const step = async (write, ...expected) => {
  await write;
  await until(`${expected}, not ${events}`, () => events.length >= expected.length);
  assert.deepEqual(events.splice(0), expected);
};
await step(set(ref(writer, 'scores/a'), { n: 1 }), '+a<null');
await step(set(ref(writer, 'scores/b'), { n: 2 }), '+b<a');
await step(set(ref(writer, 'scores/c'), { n: 3 }), '-a', '+c<b');
await step(set(ref(writer, 'scores/b/n'), 5), '>b<c', '~b<c');
await step(set(ref(writer, 'scores/c/n'), 0), '-c', '+a<null');
await step(set(ref(writer, 'scores/b'), null), '-b', '+c<null');
await step(update(ref(writer), { 'scores/d/n': 9, 'scores/e/n': 8 }), '-c', '-a', '+e<null', '+d<e');
await until('the window', () => JSON.stringify(value) === '{"d":{"n":9},"e":{"n":8}}');

// A listener never sees half of an update.
const halves = [];
onValue(ref(db, 'pair'), snapshot => halves.push(snapshot.val()));
for (let i = 0; i < 50; i++) {
  update(ref(writer), { 'pair/left': i, 'pair/deep/right': i });
}
await until('the last pair', () => halves.at(-1)?.left === 49);
assert.ok(halves.every(pair => pair === null || pair.left === pair.deep.right));
done();
