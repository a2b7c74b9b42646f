'use strict';

// A chat room as Socket.IO's own guide builds it: who joins gets the newest messages, and each
// message goes to all who are in the room. Nothing is checked or stored.

const { createServer } = require('node:http');
const { Server } = require('socket.io');

const NEWEST = 50;

const server = createServer();
const io = new Server(server, { transports: ['websocket'] });
const rooms = new Map();

io.on('connection', (socket) => {
  socket.on('user:join', (room, done) => {
    socket.join(room);
    done(rooms.get(room) ?? []);
  });
  socket.on('chat:message', (room, message) => {
    const newest = rooms.get(room) ?? [];
    const stamped = { ...message, at: Date.now() };
    newest.push(stamped);
    if (newest.length > NEWEST) {
      newest.shift();
    }
    rooms.set(room, newest);
    io.to(room).emit('chat:new-message', stamped);
  });
});

// A line asks to collect garbage, and to say what is in use then.
process.stdin.on('data', () => {
  global.gc();
  const { heapUsed, external } = process.memoryUsage();
  console.log(heapUsed + external);
});
process.stdin.on('end', () => process.exit());

server.listen(0, '127.0.0.1', 4096, () => console.log(server.address().port));
