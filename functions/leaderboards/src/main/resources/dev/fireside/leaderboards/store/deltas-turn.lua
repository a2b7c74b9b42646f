-- Takes the turn of publishing a period, if the last one was taken long enough ago.
-- KEYS: when it was last taken.
-- ARGV: now and the time between two turns, in milliseconds.
-- Answers 1 for the one who may publish.

local now, between = tonumber(ARGV[1]), tonumber(ARGV[2])
local last = tonumber(redis.call('GET', KEYS[1]) or '-1e16')
-- A clock that was set back does not keep everybody waiting.
if now >= last and now - last < between then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2] * 10)
return 1
