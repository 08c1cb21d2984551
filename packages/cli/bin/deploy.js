#!/usr/bin/env node
// Only what Node 10 can read already: on an old Node, all this has to do is to say what is missing.
const wanted = 24;
const found = process.versions.node;
if (parseInt(found, 10) < wanted) {
  process.stderr.write(`deploy needs Node ${wanted} or later, and this is Node ${found}.
Install it with a version manager, or for once: npx --package=node@${wanted} --package=cutover deploy
`);
  process.exitCode = 2;
} else {
  import("node:module").then((module) => {
    // What was compiled is kept in the user's own cache: it takes a third off loading what a deploy
    // needs. Where it cannot be written, Node goes on without.
    const { CUTOVER_CACHE, XDG_CACHE_HOME, HOME } = process.env;
    const caches = XDG_CACHE_HOME || (HOME ? `${HOME}/.cache` : "");
    const ours = CUTOVER_CACHE || (caches ? `${caches}/cutover` : "");
    if (ours) module.enableCompileCache(`${ours}/compiled`);
    return import("../dist/main.js");
  });
}
