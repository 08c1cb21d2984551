import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type Dockerode from "dockerode";

/**
 * Waits until Docker's own health check of a container has come to a result.
 *
 * @returns null when the signal was aborted before
 */
export async function whenHealthKnown(
  docker: Dockerode,
  name: string,
  signal: AbortSignal,
): Promise<"healthy" | "unhealthy" | null> {
  const filters = { container: [name], event: ["health_status"] };
  const events = Readable.from(await docker.getEvents({ filters }));
  const lines = createInterface(events);
  const stop = () => lines.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    // It may have become healthy before the events began.
    const before = (await docker.getContainer(name).inspect()).State.Health?.Status;
    if (before === "healthy" || before === "unhealthy") return before;
    for await (const line of lines) {
      if (line.includes("health_status: healthy")) return "healthy";
      if (line.includes("health_status: unhealthy")) return "unhealthy";
    }
    return null;
  } finally {
    signal.removeEventListener("abort", stop);
    lines.close();
    events.destroy();
  }
}
