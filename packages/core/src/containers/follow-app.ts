import type { Readable } from "node:stream";
import type Dockerode from "dockerode";
import { ROLE_LABEL } from "../release/labels.ts";
import { type AppContainer, appContainers, roleContainerLabels, worthReading } from "./app-containers.ts";
import { containerLog, type LogLine } from "./container-log.ts";
import { outputLines } from "./output-lines.ts";
import { justAfter } from "./since.ts";
import { untilAborted } from "./until-aborted.ts";

/** Whose log is followed, and from where. */
export interface FollowWish {
  app: string;
  roles: readonly string[];
  /** How many lines of each container to begin with. */
  lines: number;
  /** Seconds since the epoch; null: as far back as `lines` reach. */
  since: string | null;
}

/** A container that was started, as Docker's events tell it. */
interface Started {
  Actor: { ID: string; Attributes: Record<string, string> };
}

/**
 * Follows the log of an app on one host: of the containers that run, and of each that is started
 * later, by a deploy or again after a crash.
 *
 * @param signal ends it; then it resolves
 */
export async function followApp(
  docker: Dockerode,
  { app, roles, lines, since }: FollowWish,
  signal: AbortSignal,
  tell: (container: string, line: LogLine) => void,
): Promise<void> {
  const halt = new AbortController();
  const either = AbortSignal.any([signal, halt.signal]);
  const following = new Map<string, Promise<void>>();
  /** When the last line of each container was written. */
  const last = new Map<string, string>();
  const follow = (
    container: Pick<AppContainer, "id" | "name">,
    wish: { lines: number | null; since: string | null },
  ) => {
    if (following.has(container.id)) return;
    const reading = readOn(docker.getContainer(container.id), { follow: true, ...wish }, either, (line) => {
      last.set(container.id, line.at);
      tell(container.name, line);
    });
    following.set(
      container.id,
      reading.catch((error: unknown) => halt.abort(error)).finally(() => following.delete(container.id)),
    );
  };

  // Before the list is asked for, so that nothing that starts in between is missed.
  const events = untilAborted(await startEvents(docker, app), either);
  try {
    const containers = await appContainers(docker, app);
    for (const role of roles)
      for (const container of worthReading(containers, role)) follow(container, { lines, since });
    for await (const { text } of outputLines(events, "terminal")) {
      const { ID: id, Attributes: about } = (JSON.parse(text) as Started).Actor;
      const before = last.get(id);
      const wish = { lines: null, since: before === undefined ? null : justAfter(before) };
      if (roles.includes(about[ROLE_LABEL] ?? "")) follow({ id, name: about["name"] ?? id }, wish);
    }
  } catch (error) {
    if (!either.aborted) throw error;
  } finally {
    events.destroy();
    halt.abort(null);
    await Promise.all(following.values());
  }
  if (!signal.aborted && halt.signal.reason instanceof Error) throw halt.signal.reason;
}

async function readOn(
  container: Dockerode.Container,
  wish: Parameters<typeof containerLog>[1],
  signal: AbortSignal,
  tell: (line: LogLine) => void,
): Promise<void> {
  for await (const line of containerLog(container, wish, signal)) tell(line);
}

async function startEvents(docker: Dockerode, app: string): Promise<Readable> {
  // Written out, since dockerode's types lack `type`; as a stream, since they name an older kind.
  const filters = JSON.stringify({ type: ["container"], event: ["start"], label: roleContainerLabels(app) });
  return (await docker.getEvents({ filters })) as Readable;
}
