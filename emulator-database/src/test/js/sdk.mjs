// What the scripts share: an app for each client, and waiting for a condition.
import { initializeApp, deleteApp } from 'firebase/app';
import { connectDatabaseEmulator, getDatabase } from 'firebase/database';

const [address, namespace] = process.argv.slice(2);
const LIMIT_MS = 100_000;

const limit = setTimeout(() => {
  console.error('The script does not end: ' + waitingFor);
  process.exit(1);
}, LIMIT_MS).unref();

let waitingFor = 'nothing';
let clients = 0;

/** A client of its own, with a connection of its own; `token` is what an Auth would issue. */
export function client(ns = namespace, token) {
  const app = initializeApp({ databaseURL: `http://${address}/?ns=${ns}` }, `client-${clients++}`);
  const db = getDatabase(app);
  if (token) {
    const [host, port] = address.split(':');
    connectDatabaseEmulator(db, host, Number(port), { mockUserToken: token });
  }
  return db;
}

/** Returns once `condition` holds. */
export async function until(what, condition) {
  waitingFor = what;
  while (!(await condition())) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  waitingFor = 'nothing';
}

/** REST with the owner's token. */
export async function rest(method, path, body, ns = namespace) {
  const answer = await fetch(`http://${address}/${path}.json?ns=${ns}`, {
    method,
    headers: { Authorization: 'Bearer owner' },
    body: body === undefined ? undefined : JSON.stringify(body)
  });
  return answer.json();
}

/** Lets the script go on until it is killed. */
export function unlimited() {
  clearTimeout(limit);
}

/** Ends the process, as nothing of the SDK lets it end by itself. */
export function done() {
  process.exit(0);
}

export { address, namespace, deleteApp };
