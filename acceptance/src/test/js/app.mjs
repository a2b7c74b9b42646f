// What an app has beside the database: the API, called by people.
import { client } from './sdk.mjs';

const base = process.argv[4];

async function json(path, options) {
  const answer = await fetch(base + path, options);
  const text = await answer.text();
  return { status: answer.status, body: text ? JSON.parse(text) : null };
}

const tokens = new Map();

/** The ID token of a person, as Firebase Auth issues it. */
export async function token(uid) {
  if (!tokens.has(uid)) {
    const { body } = await json('/_local/token', { method: 'POST', body: JSON.stringify({ uid }) });
    tokens.set(uid, body.idToken);
  }
  return tokens.get(uid);
}

/** Calls the API as a person. */
export async function call(uid, method, path, body) {
  return json(path, {
    method,
    headers: { Authorization: `Bearer ${await token(uid)}`, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body)
  });
}

/** The same where it must be a success; answers with the body. */
export async function done(uid, method, path, body) {
  const answer = await call(uid, method, path, body);
  if (answer.status >= 300) {
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer.body;
}

/** A connection of a person to the database that an answer names. */
export async function connected(uid, database) {
  return client(new URL(database).searchParams.get('ns'), await token(uid));
}

/** The functions of the page, as they stand there. */
export function snippets(page, sdk, ...wanted) {
  const code = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(block => block[1]).join('\n');
  const names = Object.keys(sdk).filter(name => /^[a-z]\w*$/i.test(name));
  return new Function(...names, `${code}\nreturn { ${wanted.join(', ')} };`)(...names.map(name => sdk[name]));
}

let number = 0;

/** Sends a text to a chat. */
export function say(uid, chat, text) {
  return call(uid, 'POST', `/api/chats/${chat}/messages`, { clientId: `${uid}-${number++}`, text });
}
