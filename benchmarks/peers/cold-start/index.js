// The peer of ./benchmarks/cold-start: the usual stack on Node. It verifies the caller's token, reads one document and one key, and answers JSON.
'use strict';

const functions = require('@google-cloud/functions-framework');
const { initializeApp } = require('firebase-admin/app');
const { getAuth } = require('firebase-admin/auth');
const { getFirestore } = require('firebase-admin/firestore');
const Redis = require('ioredis');

initializeApp({ projectId: process.env.GOOGLE_CLOUD_PROJECT });
const firestore = getFirestore();
const redis = new Redis(process.env.REDIS_URL);

functions.http('peer', async (request, response) => {
  const token = await getAuth().verifyIdToken(request.get('authorization').slice('Bearer '.length));
  const [user, state] = await Promise.all([
    firestore.doc('users/' + request.path.split('/').pop()).get(),
    redis.get('auth:' + token.uid),
  ]);
  if (!user.exists || state === null) {
    response.status(500).json({ error: 'not seeded' });
    return;
  }
  const { handle, displayName, counts, createdAt } = user.data();
  response.json({ uid: user.id, handle, displayName, counts, createdAt: createdAt.toDate().toISOString() });
});
