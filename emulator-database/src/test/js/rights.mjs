// What the rules forbid, and rights that end while somebody listens.
import assert from 'node:assert/strict';
import { get, onDisconnect, onValue, ref, set } from 'firebase/database';
import { address, client, done, rest, until } from './sdk.mjs';

const RULES = {
  rules: {
    mine: { $uid: { '.read': 'auth.uid === $uid', '.write': 'auth.uid === $uid' } },
    rooms: { $room: { '.read': "root.child('members/' + $room + '/' + auth.uid).val() === true" } },
    open: { '.read': true, '.write': true, n: { '.validate': 'newData.isNumber()' } }
  }
};
const rules = json => fetch(`http://${address}/.settings/rules.json?ns=rights`, {
  method: 'PUT', headers: { Authorization: 'Bearer owner' }, body: JSON.stringify(json)
});
assert.equal((await rules(RULES)).status, 200);
const unreadable = await rules({ rules: { '.read': 'auth.uid ===' } });
assert.equal(unreadable.status, 400);
assert.match((await unreadable.json()).error, /Line 1, column \d+/);

const nobody = client();
const ada = client('rights', { sub: 'ada' });
await assert.rejects(get(ref(nobody, 'mine/ada')), /Permission denied/);
await assert.rejects(set(ref(nobody, 'mine/ada'), 1), { code: 'PERMISSION_DENIED' });
await assert.rejects(onDisconnect(ref(nobody, 'mine/ada')).set(1), { code: 'PERMISSION_DENIED' });
await set(ref(ada, 'mine/ada'), 1);
await assert.rejects(set(ref(nobody, 'open/n'), 'text'), { code: 'PERMISSION_DENIED' });
await set(ref(nobody, 'open/n'), 3);

const refused = [];
onValue(ref(nobody, 'mine/ada'), () => {}, e => refused.push(e.code));
await until('the refusal', () => refused[0] === 'PERMISSION_DENIED');

// Data that a rule reads.
await rest('PUT', 'members/r1/ada', true);
const heard = [];
const ended = [];
onValue(ref(ada, 'rooms/r1'), snapshot => heard.push(snapshot.val()), e => ended.push(e.code));
await until('the room', () => heard.length === 1);
await rest('PUT', 'rooms/r1', 'hello');
await until('the message', () => heard.at(-1) === 'hello');
await rest('PATCH', '', { 'members/r1/ada': null, 'rooms/r1': 'secret' });
await until('the end', () => ended[0] === 'PERMISSION_DENIED');
assert.ok(!heard.includes('secret'));

// Rules that change.
const own = [];
onValue(ref(ada, 'mine/ada'), () => own.push('value'), e => own.push(e.code));
await until('her own', () => own[0] === 'value');
await rules({ rules: { '.read': false, '.write': false } });
await until('the end of her own', () => own.at(-1) === 'PERMISSION_DENIED');
done();
