// A client that says it is online, and waits to be killed.
import { onDisconnect, ref, set } from 'firebase/database';
import { client } from './sdk.mjs';

const db = client();
await onDisconnect(ref(db, 'killed/online')).set(false);
await set(ref(db, 'killed/online'), true);
console.log('online');
setInterval(() => {}, 1_000);
