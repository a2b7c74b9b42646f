-- Forgets a note, unless it was made again meanwhile.
-- KEYS: sorted set of notes.
-- ARGV: period; when the note was made that was seen to.

if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then
  return redis.call('ZREM', KEYS[1], ARGV[1])
end
return 0
