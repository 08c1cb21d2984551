import { expect, test } from "vitest";
import { DeployError } from "../errors/index.ts";
import type { Host } from "./host.ts";
import { Line } from "./line.ts";

/** Stands for a connection to web1 that the test ends when it likes, with an engine that answers or does not. */
function aConnection(number: number, dockerAnswers = true) {
  const lost = new AbortController();
  const host = {
    name: "web1",
    number,
    lost: lost.signal,
    dockerAnswers: async () => dockerAnswers,
    breakOff: (why: string) => lost.abort(new Error(why)),
    close: () => undefined,
  } as unknown as Host;
  return { host, drop: () => lost.abort(new Error("the connection to web1 was lost")) };
}

const numberOf = (host: Host) => (host as unknown as { number: number }).number;

function aLine(reopen: () => Promise<Host>, first = aConnection(1)) {
  const givenUp: string[] = [];
  const line = new Line(first.host, {
    reopen,
    givenUp: (name) => void givenUp.push(name),
    endKnownWithinMs: 20,
  });
  return { line, first, givenUp };
}

const unreachable = new DeployError("HOST_UNREACHABLE", { cause: "it does not answer" });

test("what was under way is done again over the next connection", async () => {
  const { line, first } = aLine(async () => aConnection(2).host);
  const asked: number[] = [];
  const answer = await line.use(async (host) => {
    asked.push(numberOf(host));
    if (numberOf(host) === 1) {
      first.drop();
      // What was asked over a dead connection is never answered.
      await new Promise(() => undefined);
    }
    return "done";
  });
  expect(answer).toBe("done");
  expect(asked).toEqual([1, 2]);
});

test("a call that fails a moment before the end of its connection is known is done again too", async () => {
  const { line, first } = aLine(async () => aConnection(2).host);
  const answer = line.use(async (host) => {
    if (numberOf(host) === 1) {
      setImmediate(first.drop);
      throw new Error("socket hang up");
    }
    return numberOf(host);
  });
  await expect(answer).resolves.toBe(2);
});

test("what fails for a reason of its own is not done again", async () => {
  let asked = 0;
  const { line } = aLine(async () => aConnection(2).host);
  const answer = line.use(async () => {
    asked += 1;
    throw new Error("no such image");
  });
  await expect(answer).rejects.toThrow("no such image");
  expect(asked).toBe(1);
});

test("what an engine was asked that was restarted meanwhile is done again once it answers", async () => {
  const { line } = aLine(async () => aConnection(2).host, aConnection(1, false));
  const answer = line.use(async (host) => {
    if (numberOf(host) === 1) throw new Error("socket hang up");
    return numberOf(host);
  });
  await expect(answer).resolves.toBe(2);
});

test("a call that breaks off while the engine is well is not done again", async () => {
  const { line } = aLine(async () => aConnection(2).host);
  const answer = line.use(async () => {
    throw new Error("the proxy ended the conversation");
  });
  await expect(answer).rejects.toThrow("the proxy ended the conversation");
});

test("an engine that ends whenever it is asked is not asked for ever", async () => {
  let asked = 0;
  const { line } = aLine(async () => aConnection(2, false).host, aConnection(1, false));
  const answer = line.use(async () => {
    asked += 1;
    throw new Error("socket hang up");
  });
  await expect(answer).rejects.toThrow("socket hang up");
  expect(asked).toBe(3);
});

test("all who miss a connection share the next one", async () => {
  let opened = 1;
  const { line, first } = aLine(async () => aConnection(++opened).host);
  const waits = [1, 2, 3].map(() =>
    line.use(async (host) => (numberOf(host) === 1 ? new Promise<number>(() => undefined) : numberOf(host))),
  );
  first.drop();
  await expect(Promise.all(waits)).resolves.toEqual([2, 2, 2]);
});

test("a connection is had again also while nothing is asked of the host", async () => {
  const { line, first } = aLine(async () => aConnection(2).host);
  first.drop();
  await expect.poll(() => numberOf(line.host)).toBe(2);
});

test("a host that cannot be had again is given up once, and not tried again", async () => {
  let tries = 0;
  const { line, first, givenUp } = aLine(async () => {
    tries += 1;
    throw unreachable;
  });
  first.drop();
  await expect(line.use(async () => "never")).rejects.toBe(unreachable);
  await expect(line.use(async () => "never")).rejects.toBe(unreachable);
  expect(tries).toBe(1);
  expect(givenUp).toEqual(["web1"]);
});

test("a connection that comes when nobody needs it any more is closed", async () => {
  let closed = false;
  let come: (host: Host) => void = () => undefined;
  const { line, first } = aLine(() => new Promise((resolve) => (come = resolve)));
  first.drop();
  line.close();
  come({ ...aConnection(2).host, close: () => (closed = true) } as unknown as Host);
  await expect.poll(() => closed).toBe(true);
});
