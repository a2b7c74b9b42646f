-- Reads what was published of a period.
-- KEYS: hash: uid -> row, or nothing for one that left; `:version` of the last publication, `:floor`
--   from which on every change is known. Sorted set: uid -> version of its last change.
-- ARGV: a version; nothing for all rows.
-- Answers the server's time in milliseconds, then, if anything is known: the last version, 1 where
-- the rows are all there are, or 0 where they are the changes since; then uids and rows.

local now = redis.call('TIME')
local answer = {string.format('%.0f', now[1] * 1000 + math.floor(now[2] / 1000))}
local known = redis.call('HMGET', KEYS[1], ':version', ':floor')
local version, floor = tonumber(known[1]), tonumber(known[2])
if not version or not floor or redis.call('HLEN', KEYS[1]) ~= redis.call('ZCARD', KEYS[2]) + 2 then
  return answer
end
answer[2] = known[1]
local since = tonumber(ARGV[1])
if since and since >= floor and since <= version then
  answer[3] = '0'
  local changed = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[1], '+inf')
  for _, uid in ipairs(changed) do
    answer[#answer + 1] = uid
    answer[#answer + 1] = redis.call('HGET', KEYS[1], uid)
  end
  return answer
end
answer[3] = '1'
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if string.sub(all[i], 1, 1) ~= ':' and all[i + 1] ~= '' then
    answer[#answer + 1] = all[i]
    answer[#answer + 1] = all[i + 1]
  end
end
return answer
