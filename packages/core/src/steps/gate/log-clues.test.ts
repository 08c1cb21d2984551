import { expect, test } from "vitest";
import { clueIn } from "./log-clues.ts";

function clue(...log: string[]) {
  return clueIn(log, "shop-web-v2 on web1");
}

test.each([
  ["Ruby", "/app/config/boot.rb:3:in 'fetch': key not found: \"DATABASE_URL\" (KeyError)"],
  ["Python", "KeyError: 'DATABASE_URL'"],
  ["Django", "django.core.exceptions.ImproperlyConfigured: Set the DATABASE_URL environment variable"],
  ["Elixir", "** (RuntimeError) environment variable DATABASE_URL is missing."],
  ["Node", "Error: Missing required environment variable: DATABASE_URL"],
  ["a script", "entrypoint: DATABASE_URL is not set"],
  ["bash with set -u", "./start.sh: line 3: DATABASE_URL: DATABASE_URL must be set"],
  ["a schema of variables", "required property 'DATABASE_URL'"],
])("a variable that is missed is named, as %s says it", (_who, line) => {
  const found = clue("booting", line);
  expect(found?.cause).toContain("misses the environment variable DATABASE_URL");
  expect(found?.hint).toContain("env.secret");
});

test("a program for another processor is told from one that fails", () => {
  const found = clue("exec /usr/local/bin/node: exec format error");
  expect(found?.cause).toContain("exec format error");
  expect(found?.hint).toContain("builder.arch");
});

test.each([
  ["Node", "Error: EROFS: read-only file system, open '/app/tmp/pids/server.pid'"],
  ["Python", "OSError: [Errno 30] Read-only file system: '/app/tmp/pids/server.pid'"],
  ["Go", "open /app/tmp: read-only file system: /app/tmp/pids/server.pid"],
])("a read-only file system is named with the path, as %s says it", (_who, line) => {
  expect(clue(line)?.cause).toContain("read-only, at /app/tmp/pids/server.pid");
});

test("a read-only file system is known without a path too", () => {
  expect(clue("touch: cannot touch 'x': Read-only file system")?.cause).toContain("read-only");
});

test("a port that needs root is told so", () => {
  const found = clue("Error: listen EACCES: permission denied 0.0.0.0:80");
  expect(found?.hint).toContain("proxy.app_port");
});

test("a file that may not be written is named", () => {
  expect(clue("PermissionError: [Errno 13] Permission denied: '/data/shop.db'")?.cause).toContain(
    "/data/shop.db",
  );
});

test("a command that a shell does not find is named", () => {
  expect(clue("sh: 1: bundle: not found")?.cause).toContain("does not have the command bundle");
});

test("a module that is not in the image is named", () => {
  expect(clue("Error: Cannot find module 'express'")?.cause).toContain("cannot find express");
});

test("nothing is claimed of a log that says nothing we know", () => {
  expect(clue("Error: could not connect to the database at db:5432", "GET / 200")).toBeNull();
  expect(clue("missing HTTP header", "URL is required")).toBeNull();
});
