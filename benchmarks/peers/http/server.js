'use strict';

// The peer of ./benchmarks/http: pages that lie ready in Redis, served through the usual Express stack.
// It does less than Fireside for each answer: it neither assembles nor filters, and asks nobody
// whether the account was suspended since.

const compression = require('compression');
const express = require('express');
const helmet = require('helmet');
const Redis = require('ioredis');
const jwt = require('jsonwebtoken');
const { RateLimiterRedis } = require('rate-limiter-flexible');

const TOKENS_MAX = 10000;
const CALLS = 3000;
const SECONDS = 15 * 60;

const redis = new Redis(process.env.REDIS_URL, {
  enableAutoPipelining: process.env.AUTO_PIPELINING === 'true',
});
const limiter = new RateLimiterRedis({
  storeClient: redis,
  keyPrefix: 'peer:rate',
  points: CALLS,
  duration: SECONDS,
});
const verified = new Map();

// Checks a token's signature once, and keeps what it says until it expires.
function principal(token) {
  const known = verified.get(token);
  if (known !== undefined && known.exp > Date.now() / 1000) {
    return known;
  }
  const claims = jwt.verify(token, process.env.PUBLIC_KEY, { algorithms: ['RS256'] });
  if (verified.size >= TOKENS_MAX) {
    verified.delete(verified.keys().next().value);
  }
  verified.set(token, claims);
  return claims;
}

function authenticate(request, response, next) {
  const header = request.headers.authorization;
  if (header === undefined || !header.startsWith('Bearer ')) {
    response.status(401).json({ title: 'Sign in first' });
    return;
  }
  try {
    request.uid = principal(header.substring(7)).sub;
  } catch (error) {
    response.status(401).json({ title: 'The token is not valid' });
    return;
  }
  next();
}

function headers(response, result) {
  response.set('RateLimit-Limit', String(CALLS));
  response.set('RateLimit-Remaining', String(result.remainingPoints));
  response.set('RateLimit-Reset', String(Math.ceil(result.msBeforeNext / 1000)));
}

async function limit(request, response, next) {
  try {
    headers(response, await limiter.consume(request.uid));
  } catch (result) {
    if (result instanceof Error) {
      next(result);
      return;
    }
    headers(response, result);
    response.status(429).json({ title: 'Too many calls' });
    return;
  }
  next();
}

function page(name) {
  return async (request, response) => {
    const body = await redis.get(`peer:${name}:${request.uid}`);
    if (body === null) {
      response.status(404).json({ title: 'There is no such page' });
      return;
    }
    response.set('Cache-Control', 'private, no-cache');
    response.type('application/json').send(body);
  };
}

const app = express();
app.use(helmet());
app.use(compression());
app.get('/health', (request, response) => {
  response.json({ status: 'ok' });
});
app.use(authenticate, limit);
app.get('/api/feed', page('home'));
app.get('/api/users/:id', page('profile'));
app.get('/api/trending', page('trending'));

const server = app.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log(`READY ${server.address().port}`);
});
