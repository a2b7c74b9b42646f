-- Reads ranks of one period.
-- KEYS: its state.
-- ARGV: what to read; 1 where the ranks must be the frozen ones; the country, or nothing for all
--   players; who looks, or nothing; how many rows at most; then, by what is read:
--   page: the first rank, from 1
--   after, before: rank score and member of a position, which need not be there any more
--   around: uid
--   several: uids
--   among-page, among-after, among-before, among-around: as above, then uids
-- Answers the status; if it is ready, also: the number of entries; the rank of the first row, where
-- ranks follow each other, or a list of ranks; a list of ranks among all, empty where these are the
-- same; and for each row its uid, record and metadata, in three lists. Rows stay unparsed here: a
-- script holds up the server.
-- A hidden player who looks is put among the others while the script runs.

local op, frozen, country, viewer = ARGV[1], ARGV[2] == '1', ARGV[3], ARGV[4]
local limit = tonumber(ARGV[5])
local FIRST = 6

local p = keys_of(KEYS[1])
local zset = country == '' and p.g or country_key(p, country)
local s = redis.call(
  'HMGET', p.state, 'token', 'ready', 'frozen', 'h', 'm', 'lease',
  country == '' and 'n:g' or 'n:' .. country
)
if not s[1] then
  return {missing(p)}
end
if frozen and s[3] ~= '1' then
  return {lost(p)}
end
if s[2] ~= '1' then
  return {tonumber(s[6]) < millis() and missing(p) or 'building'}
end
local entries = tonumber(s[7] or '0')
if
  redis.call('HLEN', p.players) ~= tonumber(s[4])
  or redis.call('HLEN', p.meta) ~= tonumber(s[5])
  or redis.call('ZCARD', zset) ~= entries
then
  return {lost(p)}
end

-- The records of the given players who are ranked here, for who looks.
local function records(first)
  local found = {}
  if first > #ARGV then
    return found
  end
  local texts = redis.call('HMGET', p.players, unpack(ARGV, first))
  for i, text in ipairs(texts) do
    local record = parsed(ARGV[first + i - 1], text)
    if
      record
      and (record.kind == 's' or (record.kind == 'h' and record.uid == viewer))
      and (country == '' or record.country == country)
    then
      found[#found + 1] = record
    end
  end
  return found
end

local ghost = nil
if viewer ~= '' then
  local record = parsed(viewer, redis.call('HGET', p.players, viewer))
  if record and record.kind == 'h' and (country == '' or record.country == country) then
    ghost = record.member
    redis.call('ZADD', zset, record.score, ghost)
    entries = entries + 1
  end
end

local function rank(member)
  return redis.call('ZRANK', zset, member) + 1
end

-- Bytewise, as sorted sets compare: `<` would ask the server's locale.
local function bytes_less(one, other)
  for i = 1, math.min(#one, #other) do
    local a, b = string.byte(one, i), string.byte(other, i)
    if a ~= b then
      return a < b
    end
  end
  return #one < #other
end

local function less(one, other)
  local a, b = tonumber(one.score), tonumber(other.score)
  if a ~= b then
    return a < b
  end
  return bytes_less(one.member, other.member)
end

-- The first of so many rows that has `rank` in its middle, moved so that the rows are full.
local function window(rank, size)
  return math.max(1, math.min(rank - math.floor(limit / 2), size - limit + 1))
end

local ranks, globals, uids, texts = {}, {}, {}, {}

local function add(record, rank)
  ranks[#ranks + 1] = rank
  uids[#uids + 1] = record.uid
  texts[#texts + 1] = record.text
end

local function add_range(from, to)
  from = math.max(1, from)
  if to < from then
    return
  end
  ranks = from
  local members = redis.call('ZRANGE', zset, number(from - 1), number(to - 1))
  if #members == 0 then
    return
  end
  for i, member in ipairs(members) do
    uids[i] = string.sub(member, PREFIX + 1)
  end
  texts = redis.call('HMGET', p.players, unpack(uids))
end

-- The rank that a position has, and whether it is there itself.
local function position(score, member)
  local known = redis.call('ZSCORE', zset, member)
  if known and tonumber(known) == tonumber(score) then
    return rank(member), true
  end
  if known then
    member = member .. '~'
  end
  return ghost_rank(zset, score, member), false
end

local function own_record(uid)
  if uid ~= viewer or not ghost then
    local record = parsed(uid, redis.call('HGET', p.players, uid))
    if not record or record.kind ~= 's' or (country ~= '' and record.country ~= country) then
      return nil
    end
    return record
  end
  return parsed(uid, redis.call('HGET', p.players, uid))
end

local function among(kind)
  local first = FIRST + (kind == 'page' and 1 or kind == 'around' and 1 or 2)
  local list = records(first)
  table.sort(list, less)
  entries = #list
  local from, to = 1, 0
  if kind == 'page' then
    from = tonumber(ARGV[FIRST])
    to = from + limit - 1
  elseif kind == 'around' then
    for i, record in ipairs(list) do
      if record.uid == ARGV[FIRST] then
        from = window(i, #list)
        to = from + limit - 1
      end
    end
  else
    local at = {score = ARGV[FIRST], member = ARGV[FIRST + 1]}
    local below = 0
    local through = 0
    for i, record in ipairs(list) do
      if less(record, at) then
        below = i
      end
      if not less(at, record) then
        through = i
      end
    end
    if kind == 'after' then
      from, to = through + 1, through + limit
    else
      from, to = math.max(1, below - limit + 1), below
    end
  end
  for i = math.max(1, from), math.min(to, #list) do
    add(list[i], i)
    globals[#globals + 1] = rank(list[i].member)
  end
end

if op == 'page' then
  local from = tonumber(ARGV[FIRST])
  add_range(from, from + limit - 1)
elseif op == 'after' then
  local at, there = position(ARGV[FIRST], ARGV[FIRST + 1])
  local from = there and at + 1 or at
  add_range(from, from + limit - 1)
elseif op == 'before' then
  local at = position(ARGV[FIRST], ARGV[FIRST + 1])
  add_range(at - limit, at - 1)
elseif op == 'around' then
  local record = own_record(ARGV[FIRST])
  if record then
    local from = window(rank(record.member), entries)
    add_range(from, from + limit - 1)
  end
elseif op == 'several' then
  local list = records(FIRST)
  for _, record in ipairs(list) do
    record.rank = rank(record.member)
  end
  table.sort(list, function(one, other)
    return one.rank < other.rank
  end)
  for _, record in ipairs(list) do
    add(record, record.rank)
  end
else
  among(string.sub(op, 7))
end

if ghost then
  redis.call('ZREM', zset, ghost)
end

local metadata = {}
if #uids > 0 and s[5] ~= '0' then
  metadata = redis.call('HMGET', p.meta, unpack(uids))
end
return {'ready', entries, ranks, globals, uids, texts, metadata}
