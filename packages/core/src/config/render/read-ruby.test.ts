import { expect, it } from "vitest";
import { readExpression } from "./read-expression.ts";
import { readStatements } from "./read-statements.ts";

it.each([
  'ENV["A"]',
  " ENV['A'] ",
  'ENV.fetch("A")',
  'ENV.fetch("A", "b")',
  'ENV.fetch("A", nil)',
  'ENV.fetch("A", 3000)',
  'ENV.fetch("A") { "b" }',
  'ENV.fetch("A") do "b" end',
  'ENV.fetch("A", ENV.fetch("B", "c"))',
  'ENV["A"] || ENV["B"] || "c"',
  '(ENV["A"] || "b") + ".example.com"',
  'File.read("VERSION").strip',
  'File.read(File.expand_path("../VERSION", __dir__)).chomp',
  "`git rev-parse HEAD`.strip",
  "%x(git rev-parse --short HEAD).chomp",
  "%x{date}",
])("understands %s", (code) => {
  expect(readExpression(code)).not.toBeNull();
});

it.each([
  'ENV["A"].split(",")',
  'ENV["A"] ? "b" : "c"',
  'ENV.fetch("A") { |name| name }',
  '"#{ENV["A"]}"',
  "ENV[name]",
  "`echo #{name}`",
  'ENV["A"] == "b"',
  'ENV["A"].strip!',
  "ENV",
  "Rails.application.credentials.host",
  'ENV["A"]; system("x")',
  "%w[a b]",
  '["a", "b"]',
  'ENV["A"] && "b"',
  "File.read(path)",
  "%x(echo (a))",
])("leaves %s to Ruby", (code) => {
  expect(readExpression(code)).toBeNull();
});

it.each([
  'require "dotenv"; Dotenv.load(".env")',
  "require 'dotenv/load'",
  'require "dotenv"\n  Dotenv.load(".env." + ENV.fetch("KAMAL_DESTINATION"), overwrite: true)',
  'Dotenv.load ".env" if File.exist?(".env")',
  'Dotenv.overload(".env") rescue nil',
  'begin; require "dotenv"; Dotenv.load; rescue LoadError; end',
  'if File.exist?(".env")\n require "dotenv"\n Dotenv.load(".env")\nend',
])("understands the statements %j", (code) => {
  expect(readStatements(code)).not.toBeNull();
});

it.each([
  'if ENV["A"]',
  "else",
  "end",
  "x = 1",
  "%w[a b].each do |host|",
  'raise "no"',
  'require "json"',
  "Dotenv.load(files)",
])("leaves the statement %j to Ruby", (code) => {
  expect(readStatements(code)).toBeNull();
});
