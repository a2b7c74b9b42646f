-- Notes that the top of periods may have changed.
-- KEYS: sorted set: period -> when it was last noted, in microseconds of the server's clock.
-- ARGV: periods.
-- Answers when.

local now = redis.call('TIME')
local mark = string.format('%.0f', now[1] * 1000000 + now[2])
for _, period in ipairs(ARGV) do
  redis.call('ZADD', KEYS[1], mark, period)
end
return mark
