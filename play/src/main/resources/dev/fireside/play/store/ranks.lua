-- What the scripts of a period's ranks have in common. The keys of a period share the hash tag of
-- their board, and only that of the state is passed:
--   …:state    hash: token (of this build), ready, frozen (built from chunks), lease (ms, of who
--              builds), h (size of players), m (size of meta), n:g and n:CC (sizes of sorted sets)
--   …:g, …:c:CC  sorted sets in rank order: all players, those of a country
--   …:players  hash: uid -> record `revision|kind|rank score|prefix|country`
--   …:meta     hash: uid -> metadata
--   …:asked    somebody was asked to rebuild a moment ago
-- Kinds of records: s = ranked, h = hidden from others, r = not ranked. A key that was lost shows
-- as a size that is not the kept one; then the state is removed and with it everything is unknown.

local ASK_AGAIN_MS = 2000

-- Characters of subscore and time before the uid.
local PREFIX = 22

local function millis()
  local now = redis.call('TIME')
  return now[1] * 1000 + math.floor(now[2] / 1000)
end

local function keys_of(state)
  local base = string.sub(state, 1, -6)
  return {state = state, base = base, g = base .. 'g', players = base .. 'players', meta = base .. 'meta'}
end

local function country_key(p, country)
  return p.base .. 'c:' .. country
end

local function number(text)
  return string.format('%.0f', text)
end

-- One caller in a while is told to see to the rebuild.
local function missing(p)
  if redis.call('SET', p.base .. 'asked', '1', 'NX', 'PX', ASK_AGAIN_MS) then
    return 'ask'
  end
  return 'building'
end

local function lost(p)
  redis.call('DEL', p.state)
  return missing(p)
end

local function parsed(uid, text)
  if not text then
    return nil
  end
  local revision, kind, score, prefix, country =
    string.match(text, '^(%d+)|(%a)|(%-?%d*)|(%w*)|(%u*)$')
  return {
    uid = uid,
    text = text,
    revision = tonumber(revision),
    kind = kind,
    score = score,
    member = prefix .. uid,
    prefix = prefix,
    country = country
  }
end

-- The rank, from 1, of a member that is not among the others for more than this moment.
local function ghost_rank(zset, score, member)
  redis.call('ZADD', zset, score, member)
  local rank = redis.call('ZRANK', zset, member)
  redis.call('ZREM', zset, member)
  return rank + 1
end
