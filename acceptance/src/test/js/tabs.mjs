// Tabs that are open until their browser is killed: one for each person named, each with a
// connection of its own, as the page says.
import { readFileSync } from 'node:fs';
import * as sdk from 'firebase/database';
import { snippets, token } from './app.mjs';
import { client, namespace, unlimited } from './sdk.mjs';

unlimited();
const { join } = snippets(readFileSync('../../../docs/realtime.md', 'utf8'), sdk, 'join');
for (const uid of process.argv[5].split(',')) {
  join(client(namespace, await token(uid)), `status/${uid}`);
}
