// Chats as clients see them: through the official SDK, under the project's rules.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as sdk from 'firebase/database';
import { call, connected, done, say, snippets } from './app.mjs';
import { done as end, until } from './sdk.mjs';

const { get, limitToLast, onChildAdded, onChildChanged, onChildRemoved, onValue, query, ref, remove, serverTimestamp, set } = sdk;
const page = snippets(readFileSync('../../../docs/realtime.md', 'utf8'), sdk, 'messages', 'chatList');
const DENIED = /permission.denied/i;

/** What somebody hears of a place, and whether they were refused. */
function listen(db, path) {
  const heard = { added: [], changed: [], removed: [], refused: 0 };
  const refused = error => {
    assert.match(String(error.code ?? error), DENIED);
    heard.refused = 1;
  };
  const place = query(ref(db, path), limitToLast(30));
  onChildAdded(place, child => heard.added.push({ key: child.key, ...child.val() }), refused);
  onChildChanged(place, child => heard.changed.push({ key: child.key, ...child.val() }), refused);
  onChildRemoved(place, child => heard.removed.push(child.key), refused);
  return heard;
}
const texts = heard => heard.added.map(message => message.text);
const denied = promise => assert.rejects(promise, DENIED);

// A group: ann leads, bob and cleo follow her.
const group = await done('ann', 'POST', '/api/chats', { title: 'Group', members: ['bob', 'cleo'] });
const room = `chats/${group.id}`;
const [ann, bob, eve] = await Promise.all(['ann', 'bob', 'eve'].map(uid => connected(uid, group.database)));
const lists = await connected('bob', group.listDatabase);
const messages = listen(bob, `${room}/messages`);
const list = listen(lists, 'chatLists/bob');
await until('bob has the chat in his list', () => list.added.some(entry => entry.key === group.id));

await done('ann', 'POST', `/api/chats/${group.id}/messages`, { clientId: 'one', text: 'One' });
await done('ann', 'POST', `/api/chats/${group.id}/messages`, { clientId: 'one', text: 'One' });
await until('bob hears ann', () => messages.added.length === 1);
assert.deepEqual([messages.added[0].text, messages.added[0].sender, messages.added[0].seq], ['One', 'ann', 1]);
await until('bob sees it in his list', () => list.changed.some(entry => entry.text === 'One' && entry.last === 1));

await done('bob', 'PUT', `/api/chats/${group.id}/messages/1/reactions/love`);
await until('a reaction', () => messages.changed.at(-1)?.reactions?.love === 1);
await done('ann', 'PATCH', `/api/chats/${group.id}/messages/1`, { text: 'One!' });
await until('an edit', () => messages.changed.at(-1)?.text === 'One!');
const shown = [];
page.messages(bob, group.id, message => shown.push(message));
await until('the page shows it', () => shown.at(-1)?.text === 'One!' && shown.at(-1).reactions.love === 1);
let listed = {};
page.chatList(lists, 'bob', (chat, entry) => (listed[chat] = entry));
await until('the page lists it', () => listed[group.id]?.title === 'Group');
await done('cleo', 'PUT', `/api/chats/${group.id}/read`, { seq: 1 });
await until('how far cleo has read', async () => (await get(ref(bob, `${room}/read/cleo`))).val() === 1);

// Strangers, and what clients may not write.
const stranger = listen(eve, `${room}/messages`);
await until('a stranger is refused', () => stranger.refused);
for (const path of [room, `${room}/members`, 'chatLists/bob', 'chats', 'chatLists', `typing/${group.id}`]) {
  await denied(get(ref(eve, path)));
}
await denied(get(ref(ann, 'chatLists/bob')));
await denied(set(ref(ann, `${room}/messages/0000000009`), { text: 'Forged', sender: 'bob', seq: 9 }));
await denied(set(ref(eve, `${room}/members/eve`), 'owner'));
await denied(remove(ref(bob, 'chatLists/bob')));

// Typing.
let typing = {};
onValue(ref(ann, `typing/${group.id}`), all => (typing = all.val() ?? {}));
await set(ref(bob, `typing/${group.id}/bob`), serverTimestamp());
await until('bob types', () => typing.bob > 0);
await remove(ref(bob, `typing/${group.id}/bob`));
await until('bob pauses', () => typing.bob === undefined);
await denied(set(ref(bob, `typing/${group.id}/bob`), 1));
await denied(set(ref(bob, `typing/${group.id}/cleo`), serverTimestamp()));
await denied(set(ref(eve, `typing/${group.id}/eve`), serverTimestamp()));

// Who is removed hears nothing more.
await done('ann', 'DELETE', `/api/chats/${group.id}/members/bob`);
assert.equal((await say('ann', group.id, 'Without bob')).status, 201);
await until('bob is refused', () => messages.refused);
await until('it leaves the list of bob', () => list.removed.includes(group.id) && listed[group.id] === null);
assert.ok(!texts(messages).includes('Without bob'));
await denied(get(ref(bob, room)));
await denied(set(ref(bob, `typing/${group.id}/bob`), serverTimestamp()));
assert.equal((await say('bob', group.id, 'Let me in')).status, 404);

// A direct chat, and a block.
const sent = await say('ann', 'ann:cleo', 'Hello');
assert.equal(sent.status, 201);
const direct = await done('cleo', 'GET', '/api/chats/ann:cleo');
const cleo = await connected('cleo', direct.database);
const hers = await connected('ann', direct.database);
const talk = listen(cleo, 'chats/ann:cleo/messages');
const annsTalk = listen(hers, 'chats/ann:cleo/messages');
const annsList = listen(await connected('ann', direct.listDatabase), 'chatLists/ann');
await until('both hear', () => talk.added.length === 1 && annsTalk.added.length === 1 && annsList.added.length > 0);
await done('cleo', 'PUT', '/api/users/ann/block');
await until('both are refused', () => talk.refused && annsTalk.refused);
await until('it leaves the list', () => annsList.removed.includes('ann:cleo'));
assert.equal((await say('ann', 'ann:cleo', 'Why?')).status, 404);
await denied(set(ref(hers, 'typing/ann:cleo/ann'), serverTimestamp()));
await denied(get(ref(hers, 'chats/ann:cleo/messages')));

// A request: heard, and nothing said before it is accepted.
assert.equal((await say('eve', 'bob:eve', 'Do you know me?')).status, 201);
await until('bob is asked', () => list.added.some(entry => entry.key === 'bob:eve' && entry.request === true));
const asked = await done('bob', 'GET', '/api/chats/bob:eve');
const askedRoom = await connected('bob', asked.database);
assert.equal(Object.keys((await get(ref(askedRoom, 'chats/bob:eve/messages'))).val()).length, 1);
await denied(set(ref(askedRoom, 'typing/bob:eve/bob'), serverTimestamp()));
await done('bob', 'POST', '/api/chats/bob:eve/accept');
await set(ref(askedRoom, 'typing/bob:eve/bob'), serverTimestamp());

// Typing in rooms of at most 100 people.
const many = Array.from({ length: 100 }, (_, i) => `p${i + 1}`);
const large = await done('p0', 'POST', '/api/chats', { title: 'Large', members: many.slice(0, 50) });
await done('p0', 'POST', `/api/chats/${large.id}/members`, { uids: many.slice(50, 99) });
const p0 = await connected('p0', large.database);
let refused = 0;
const typists = () => onValue(ref(p0, `typing/${large.id}`), () => {}, () => refused++);
typists();
await set(ref(p0, `typing/${large.id}/p0`), serverTimestamp());
await done('p0', 'POST', `/api/chats/${large.id}/members`, { uids: ['p100'] });
await until('typing ends', () => refused === 1);
await denied(set(ref(p0, `typing/${large.id}/p0`), serverTimestamp()));
assert.equal((await call('p0', 'DELETE', `/api/chats/${large.id}/members/p1`)).status, 204);
await set(ref(p0, `typing/${large.id}/p0`), serverTimestamp());
end();
