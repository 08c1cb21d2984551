// Preloaded into `deploy`: counts its SSH connections, and on each how often it spoke after it had
// listened. Each of these turns is a round trip that somebody waits for, however much is asked in it.
// Written to the file that TURNS_FILE names, as `{ "<address>": [turns of each connection] }`.
const { writeFileSync } = require("node:fs");
const net = require("node:net");

const SSH_PORT = 22;
const { TURNS_FILE } = process.env;
const connections = [];

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function counted(...args) {
  this.once("connect", () => {
    if (this.remotePort === SSH_PORT) count(this);
  });
  return connect.apply(this, args);
};

function count(socket) {
  const connection = { address: socket.remoteAddress, turns: 0 };
  connections.push(connection);
  let listened = true;
  around(socket, "push", () => {
    listened = true;
  });
  const spoke = () => {
    if (listened) connection.turns += 1;
    listened = false;
  };
  around(socket, "_write", spoke);
  around(socket, "_writev", spoke);
}

function around(socket, method, before) {
  const own = socket[method];
  socket[method] = function observed(...args) {
    before();
    return own.apply(this, args);
  };
}

process.on("exit", () => {
  const byHost = Object.groupBy(connections, ({ address }) => address);
  const turns = Object.entries(byHost).map(([address, all]) => [address, all.map((one) => one.turns)]);
  writeFileSync(TURNS_FILE, JSON.stringify(Object.fromEntries(turns)));
});
