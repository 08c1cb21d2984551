import { expect, test } from "vitest";
import { DeployError } from "../errors/index.ts";
import { connectAgain, type Pace } from "./reconnect.ts";

const never = new AbortController().signal;
const refused = new DeployError("HOST_UNREACHABLE", { cause: "web1 refuses connections on port 22" });

/** Time that passes at once, and only in pauses. */
function quickPace(): Pace {
  let now = 0;
  return {
    elapsed: () => now,
    pause: async (ms) => {
      now += ms;
    },
  };
}

test("is tried until it works", async () => {
  let tries = 0;
  const connected = connectAgain(
    "web1",
    10_000,
    never,
    async () => {
      tries += 1;
      if (tries < 3) throw refused;
      return "connected";
    },
    quickPace(),
  );
  await expect(connected).resolves.toBe("connected");
});

test("what time cannot mend ends it at once", async () => {
  const changed = new DeployError("HOST_KEY_CHANGED", { cause: "another key" });
  const connected = connectAgain(
    "web1",
    10_000,
    never,
    async () => {
      throw changed;
    },
    quickPace(),
  );
  await expect(connected).rejects.toBe(changed);
});

test("names the last reason when the time is over, and what to do", async () => {
  const connected = connectAgain(
    "web1",
    600,
    never,
    async () => {
      throw refused;
    },
    quickPace(),
  );
  await expect(connected).rejects.toMatchObject({
    code: "HOST_UNREACHABLE",
    facts: {
      cause:
        "the connection to web1 broke off and could not be had again within 0.6 s: web1 refuses connections on port 22",
      hint: expect.stringContaining("deploy again"),
    },
  });
});

test("says so where it is Docker that did not come back", async () => {
  const connected = connectAgain(
    "web1",
    600,
    never,
    async () => {
      throw new DeployError("DOCKER_UNAVAILABLE", { cause: "Docker is installed on web1 and does not run" });
    },
    quickPace(),
  );
  await expect(connected).rejects.toMatchObject({
    code: "DOCKER_UNAVAILABLE",
    facts: { cause: expect.stringContaining("Docker on web1 went away and could not be had again") },
  });
});

test("is not tried at all where ssh.reconnect is 0", async () => {
  let tries = 0;
  const connected = connectAgain(
    "web1",
    0,
    never,
    async () => {
      tries += 1;
    },
    quickPace(),
  );
  await expect(connected).rejects.toMatchObject({ code: "HOST_UNREACHABLE" });
  expect(tries).toBe(0);
});
