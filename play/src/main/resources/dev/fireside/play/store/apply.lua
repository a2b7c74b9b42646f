-- Takes over what players have, each unless something newer is known.
-- KEYS: the states of the periods.
-- ARGV: the token of the build that loads, or nothing for live changes; 1 where ranks are asked for;
--   1 where the board ranks by country; milliseconds of a builder's lease; 1 where only those are
--   taken over of whom there is a record; then eight for each item: number of the period, uid, revision, kind, rank score, prefix, country, metadata; and four more
--   where ranks are asked for, of what the player had before: kind, rank score, prefix, country.
-- Answers the status of each period (ready, building, ask: rebuild it, superseded: another build has
-- begun), then six for each item if asked: rank before, after, entries, and the same in the country;
-- -1 for none; then how many items were left out for want of a record. Both ranks are those among the others as they are now, also where the change had been
-- taken over already, or a later one.

local token, ranks, by_country = ARGV[1], ARGV[2] == '1', ARGV[3] == '1'
local lease, recorded = tonumber(ARGV[4]), ARGV[5] == '1'
local FIRST = 6

local function opened(state)
  local p = keys_of(state)
  local s = redis.call('HMGET', state, 'token', 'ready', 'frozen', 'h', 'm', 'n:g', 'lease')
  if token ~= '' and s[1] ~= token then
    p.status = 'superseded'
    return p
  end
  if not s[1] then
    p.status = missing(p)
    return p
  end
  p.sizes = {h = tonumber(s[4]), m = tonumber(s[5]), ['n:g'] = tonumber(s[6])}
  if
    redis.call('HLEN', p.players) ~= p.sizes.h
    or redis.call('HLEN', p.meta) ~= p.sizes.m
    or redis.call('ZCARD', p.g) ~= p.sizes['n:g']
  then
    p.status = lost(p)
    return p
  end
  p.known = true
  p.writable = token ~= '' or s[3] ~= '1'
  p.status = s[2] == '1' and 'ready' or 'building'
  if p.status == 'building' and token == '' and tonumber(s[7]) < millis() then
    p.status = missing(p)
  end
  return p
end

-- The sorted set of a country, after a look at its size; nil where it was lost.
local function country_set(p, country)
  local field, zset = 'n:' .. country, country_key(p, country)
  if not p.sizes[field] then
    local size = tonumber(redis.call('HGET', p.state, field) or '0')
    if redis.call('ZCARD', zset) ~= size then
      p.status = lost(p)
      p.known = false
      return nil
    end
    p.sizes[field] = size
  end
  return zset
end

local function resize(p, field, by)
  p.sizes[field] = p.sizes[field] + by
  p.changed = true
end

local function ranked_country(record)
  return by_country and record and record.country ~= '' and record.country or nil
end

-- The rank of a player who has `place`, where `record` is what is kept of the player, if anything.
local function rank(zset, place, record)
  if place.kind == 'r' then
    return -1
  end
  local listed = record and record.kind == 's' and redis.call('ZSCORE', zset, record.member)
  if listed and record.member == place.member and record.score == place.score then
    return redis.call('ZRANK', zset, record.member) + 1
  end
  if listed then
    redis.call('ZREM', zset, record.member)
  end
  local at = ghost_rank(zset, place.score, place.member)
  if listed then
    redis.call('ZADD', zset, record.score, record.member)
  end
  return at
end

local function leave(p, record)
  resize(p, 'n:g', -redis.call('ZREM', p.g, record.member))
  local country = ranked_country(record)
  if country then
    resize(p, 'n:' .. country, -redis.call('ZREM', country_key(p, country), record.member))
  end
end

local function enter(p, record)
  resize(p, 'n:g', redis.call('ZADD', p.g, record.score, record.member))
  local country = ranked_country(record)
  if country then
    resize(
      p,
      'n:' .. country,
      redis.call('ZADD', country_key(p, country), record.score, record.member)
    )
  end
end

local function same_place(one, other)
  return one.kind == other.kind
    and one.score == other.score
    and one.prefix == other.prefix
    and one.country == other.country
end

local function write(p, old, new, metadata)
  if not old or not same_place(old, new) then
    if old and old.kind == 's' then
      leave(p, old)
    end
    if new.kind == 's' then
      enter(p, new)
    end
  end
  local text =
    table.concat({number(new.revision), new.kind, new.score, new.prefix, new.country}, '|')
  resize(p, 'h', redis.call('HSET', p.players, new.uid, text))
  if metadata == '' then
    resize(p, 'm', -redis.call('HDEL', p.meta, new.uid))
  else
    resize(p, 'm', redis.call('HSET', p.meta, new.uid, metadata))
  end
end

local function entries(p, field, record)
  return p.sizes[field] + (record and record.kind == 'h' and 1 or 0)
end

local left_out = 0

-- Takes one item over; answers its ranks, or nil where they are not known.
local function apply(p, i)
  local uid = ARGV[i + 1]
  local new = {
    uid = uid,
    revision = tonumber(ARGV[i + 2]),
    kind = ARGV[i + 3],
    score = ARGV[i + 4],
    prefix = ARGV[i + 5],
    member = ARGV[i + 5] .. uid,
    country = ARGV[i + 6]
  }
  local old = parsed(uid, redis.call('HGET', p.players, uid))
  if recorded and p.writable and not old then
    left_out = left_out + 1
    return nil
  end
  local from, to = ranked_country(old), ranked_country(new)
  if (from and not country_set(p, from)) or (to and not country_set(p, to)) then
    return nil
  end
  local newer = p.writable and (not old or old.revision < new.revision)
  if newer then
    write(p, old, new, ARGV[i + 7])
  end
  if not ranks or p.status ~= 'ready' then
    return nil
  end
  local record = newer and new or old
  local before = {
    kind = ARGV[i + 8],
    score = ARGV[i + 9],
    member = ARGV[i + 10] .. uid,
    country = ARGV[i + 11]
  }
  local answer = {
    rank(p.g, before, record), rank(p.g, new, record), entries(p, 'n:g', record), -1, -1, -1
  }
  if to then
    local zset = country_key(p, to)
    answer[4] = ranked_country(before) == to and rank(zset, before, record) or -1
    answer[5] = rank(zset, new, record)
    answer[6] = entries(p, 'n:' .. to, ranked_country(record) == to and record or nil)
  end
  return answer
end

local periods = {}
for i, state in ipairs(KEYS) do
  periods[i] = opened(state)
end

local answers = {}
for i = FIRST, #ARGV, ranks and 12 or 8 do
  local p = periods[tonumber(ARGV[i])]
  local answer = p.known and apply(p, i) or nil
  if ranks then
    answers[#answers + 1] = answer or {-1, -1, -1, -1, -1, -1}
  end
end

local statuses = {}
for i, p in ipairs(periods) do
  if p.known then
    local fields = {}
    if p.changed then
      for field, size in pairs(p.sizes) do
        fields[#fields + 1] = field
        fields[#fields + 1] = number(size)
      end
    end
    if token ~= '' then
      fields[#fields + 1] = 'lease'
      fields[#fields + 1] = number(millis() + lease)
    end
    if #fields > 0 then
      redis.call('HSET', p.state, unpack(fields))
    end
  end
  statuses[i] = p.status
end
return {statuses, answers, left_out}
