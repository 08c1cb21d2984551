#!/usr/bin/env node
// Written so that an old Node can read it too: all it has to do there is to say what is missing.
var wanted = 24;
if (parseInt(process.versions.node, 10) < wanted) {
  process.stderr.write(
    "deploy needs Node " +
      wanted +
      " or later, and this is Node " +
      process.versions.node +
      ".\n" +
      "Install it with a version manager, or for once: npx --package=node@" +
      wanted +
      " --package=cutover deploy\n",
  );
  process.exitCode = 2;
} else {
  import("node:module").then((module) => {
    // What was compiled is kept in the user's own cache: it takes a third off loading what a deploy
    // needs. Where it cannot be written, Node goes on without.
    var env = process.env;
    var caches = env.XDG_CACHE_HOME || (env.HOME ? env.HOME + "/.cache" : undefined);
    var ours = env.CUTOVER_CACHE || (caches ? caches + "/cutover" : undefined);
    if (ours) module.enableCompileCache(ours + "/compiled");
    return import("../dist/main.js");
  });
}
