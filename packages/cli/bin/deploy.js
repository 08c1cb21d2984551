#!/usr/bin/env node
// Written so that an old Node can read it too: all it has to do there is to say what is missing.
var wanted = 24;
var found = parseInt(process.versions.node, 10);
if (found < wanted) {
  process.stderr.write(
    "deploy needs Node " +
      wanted +
      " or later, and this is Node " +
      process.versions.node +
      ".\n" +
      "Install it beside yours with a version manager, or run: npx --package=node@" +
      wanted +
      " --package=cutover deploy\n",
  );
  process.exitCode = 2;
} else {
  import("../dist/main.js");
}
