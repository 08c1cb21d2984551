import { expect, it } from "vitest";
import { splitWords } from "./words.ts";

it.each([
  ["bin/jobs", ["bin/jobs"]],
  ["redis-server  --save 60 1", ["redis-server", "--save", "60", "1"]],
  [`bash -c "cat a | b && c"`, ["bash", "-c", "cat a | b && c"]],
  [`bash -c 'echo $HOME; exit'`, ["bash", "-c", "echo $HOME; exit"]],
  [`run --name="a b"c\\ d`, ["run", "--name=a bc d"]],
  [`say "a \\"quoted\\" word" ''`, ["say", 'a "quoted" word', ""]],
  ["postgres \\\n -c work_mem=2MB \\\n -c fsync=on", ["postgres", "-c", "work_mem=2MB", "-c", "fsync=on"]],
  ["", []],
])("splits %j as a shell would", (line, words) => {
  expect(splitWords(line)).toEqual({ words });
});

it.each([
  "bin/migrate && bin/server",
  "server -p $PORT",
  "tail -f log | grep x",
  "run > /dev/null",
  "echo `date`",
])("gives %j to a shell in the container", (line) => {
  expect(splitWords(line)).toEqual({ words: ["sh", "-c", line] });
});

it.each([
  ["say 'hello", "a ' is not closed"],
  ['say "hello', 'a " is not closed'],
])("refuses %j", (line, problem) => {
  expect(splitWords(line)).toEqual({ problem });
});
