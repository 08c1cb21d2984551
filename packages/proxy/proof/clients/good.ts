import { Agent, request } from "node:http";

/** How good clients fared. */
export interface Fared {
  /** Of 100 requests, 99 took no longer; milliseconds. */
  p99Ms: number;
  requests: number;
  /** What went wrong, one line for each request. */
  failures: string[];
}

/** Few enough to leave the machine idle half of the time. */
const clients = 8;
const pauseMs = 10;

/** Lets a few well-behaved clients ask for a small page, again and again, for a while. */
export async function goodClients(port: number, durationMs: number): Promise<Fared> {
  const agent = new Agent({ keepAlive: true });
  const until = performance.now() + durationMs;
  const times: number[] = [];
  const failures: string[] = [];
  const client = async () => {
    while (performance.now() < until) {
      const startedAt = performance.now();
      const failure = await get(port, agent);
      times.push(performance.now() - startedAt);
      if (failure !== null) failures.push(failure);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  times.sort((a, b) => a - b);
  return { p99Ms: times[Math.floor(times.length * 0.99)] ?? Number.NaN, requests: times.length, failures };
}

function get(port: number, agent: Agent): Promise<string | null> {
  return new Promise((resolve) => {
    const asked = request({ host: "127.0.0.1", port, path: "/", agent }, (response) => {
      let length = 0;
      response.on("data", (chunk: Buffer) => {
        length += chunk.length;
      });
      response.on("error", (error) => resolve(error.message));
      response.on("end", () =>
        resolve(response.statusCode === 200 && length === 1_024 ? null : `${response.statusCode}`),
      );
    });
    asked.on("error", (error) => resolve(error.message));
    asked.end();
  });
}
