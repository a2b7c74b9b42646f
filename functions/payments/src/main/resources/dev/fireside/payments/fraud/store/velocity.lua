-- Notes something that happened, once however often it is reported, and counts what happened within a
-- minute, an hour and a day before it.
-- KEYS[1] the set; ARGV: when (ms), member (empty: only count), milliseconds of a day, life (s)
local at = tonumber(ARGV[1])
local day = tonumber(ARGV[3])
if ARGV[2] ~= '' then
  redis.call('ZADD', KEYS[1], 'GT', ARGV[1], ARGV[2])
  local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('(%.0f', tonumber(last[2]) - day))
  redis.call('EXPIRE', KEYS[1], ARGV[4])
end
local function count(span)
  return redis.call('ZCOUNT', KEYS[1], string.format('(%.0f', at - span), string.format('%.0f', at))
end
return {count(60000), count(3600000), count(day)}
