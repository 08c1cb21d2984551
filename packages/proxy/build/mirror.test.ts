import { expect, test } from "vitest";
import { mirrorIn } from "./mirror.ts";

test("the newer form of apt's sources is understood", () => {
  expect(mirrorIn("Types: deb\nURIs: http://mirror.example/debian\nSuites: trixie\n")).toBe(
    "http://mirror.example/debian",
  );
});

test("the older form is understood, with options and without", () => {
  expect(mirrorIn("deb http://mirror.example/debian trixie main\n")).toBe("http://mirror.example/debian");
  expect(mirrorIn("deb [arch=amd64 trusted=yes] https://mirror.example/debian/ trixie main\n")).toBe(
    "https://mirror.example/debian",
  );
});

test("an archive of security updates or of somebody else is passed over", () => {
  const others =
    "deb http://mirror.example/debian-security trixie-security main\ndeb https://other.example/apt stable main\n";
  expect(mirrorIn(others)).toBeNull();
  expect(mirrorIn(`${others}deb http://mirror.example/debian trixie main\n`)).toBe(
    "http://mirror.example/debian",
  );
});

test("what is commented out does not count", () => {
  expect(mirrorIn("# deb http://mirror.example/debian trixie main\n")).toBeNull();
});
