-- Remembers what was published of a period.
-- KEYS: hash and sorted set, as in deltas-read.lua.
-- ARGV: the version it was compared with, nothing for none; its version; milliseconds to keep it; how
--   many rows to keep; then uids and rows, nothing for one that left.
-- Answers 1; or 0 where another publication was remembered meanwhile: then nothing is known any more,
-- and the next one brings everything.

local before = redis.call('HGET', KEYS[1], ':version') or ''
if before ~= ARGV[1] then
  redis.call('DEL', KEYS[1], KEYS[2])
  return 0
end
local version = ARGV[2]
if before == '' then
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('HSET', KEYS[1], ':floor', version)
end
redis.call('HSET', KEYS[1], ':version', version)
for i = 5, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  redis.call('ZADD', KEYS[2], version, ARGV[i])
end

-- Those who left longest ago are forgotten; whoever knows only what was before them asks for all.
local excess = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[4])
if excess > 0 then
  local oldest = redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
  for i = 1, #oldest, 2 do
    if excess > 0 and redis.call('HGET', KEYS[1], oldest[i]) == '' then
      redis.call('HDEL', KEYS[1], oldest[i])
      redis.call('ZREM', KEYS[2], oldest[i])
      redis.call('HSET', KEYS[1], ':floor', oldest[i + 1])
      excess = excess - 1
    end
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return 1
