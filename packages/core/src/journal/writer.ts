import { hostFailure } from "../hosts/failure.ts";
import type { Fleet } from "../hosts/fleet.ts";
import type { Host } from "../hosts/host.ts";
import type { Appender } from "../hosts/sftp-session.ts";
import type { Phase } from "../plan/plan.ts";
import type { StateFolders } from "../release/state-folders.ts";
import type { JournalHead, JournalMark } from "./entry.ts";

/** Writes one run's journal on every host that it is about. */
export class JournalWriter {
  readonly #fleet: Fleet;
  readonly #folders: StateFolders;
  readonly #run: string;
  /** The lines that are still to be written, by host; what writes them. */
  readonly #waiting = new Map<string, JournalMark[]>();
  readonly #writing = new Map<string, Promise<void>>();
  readonly #failed = new Set<string>();
  /** The journal of each host, open over the connection that it has. */
  readonly #open = new Map<string, { over: Host; journal: Promise<Appender> }>();

  private constructor(fleet: Fleet, folders: StateFolders, run: string) {
    this.#fleet = fleet;
    this.#folders = folders;
    this.#run = run;
  }

  /**
   * Writes the head on every host, before anything is done there.
   *
   * @param temporary names that no one else uses
   * @throws DeployError where it cannot be written
   */
  static async begin(
    fleet: Fleet,
    folders: StateFolders,
    heads: ReadonlyMap<string, JournalHead>,
    temporary: () => string,
  ): Promise<JournalWriter> {
    const [run = ""] = [...heads.values()].map((head) => head.run);
    await Promise.all(
      [...heads].map(([name, head]) =>
        fleet
          .on(name, async (host) => {
            const files = await host.files();
            await files.makeFolder(folders.journals, 0o700);
            await files.replace(folders.journal(run), `${JSON.stringify(head)}\n`, 0o600, temporary());
          })
          .catch((error: unknown) => {
            throw hostFailure(name, "write the journal", error);
          }),
      ),
    );
    return new JournalWriter(fleet, folders, run);
  }

  /** Notes a border, in order, without anybody waiting for it. What cannot be noted is only missed by people. */
  note(host: string, mark: JournalMark): void {
    this.#waiting.set(host, [...(this.#waiting.get(host) ?? []), mark]);
    if (this.#writing.has(host)) return;
    const writing = this.#write(host)
      .catch(() => void this.#failed.add(host))
      .finally(() => this.#writing.delete(host));
    this.#writing.set(host, writing);
  }

  /** Waits until what was noted is on the hosts' disks. */
  async written(): Promise<void> {
    await Promise.all(this.#writing.values());
  }

  /**
   * Nothing is left to be done or undone on a host.
   *
   * @throws whatever the host fails with; then the next command looks there once more
   */
  async done(host: string): Promise<void> {
    await this.#writing.get(host);
    await Promise.all([this.#close(host), removeJournal(this.#fleet, host, this.#folders, this.#run)]);
  }

  async #close(host: string): Promise<void> {
    const closed = this.#open.get(host)?.journal.then((journal) => journal.close());
    // One that cannot be closed goes with its connection.
    await closed?.catch(() => undefined);
  }

  async #write(host: string): Promise<void> {
    for (;;) {
      const marks = this.#waiting.get(host) ?? [];
      if (marks.length === 0 || this.#failed.has(host)) return;
      this.#waiting.set(host, []);
      await this.#append(host, marks);
    }
  }

  #append(name: string, marks: readonly JournalMark[]): Promise<void> {
    const text = marks.map((mark) => `${JSON.stringify(mark)}\n`).join("");
    return this.#fleet.on(name, async (host) => (await this.#journalOn(host)).add(text));
  }

  /** Opened once a connection: a run notes some thirty borders. */
  #journalOn(host: Host): Promise<Appender> {
    const known = this.#open.get(host.name);
    if (known?.over === host) return known.journal;
    const journal = host.files().then((files) => files.appender(this.#folders.journal(this.#run), 0o600));
    this.#open.set(host.name, { over: host, journal });
    return journal;
  }
}

/** A plan's phases with one host's lanes only. */
export function phasesOf(host: string, phases: readonly Phase[]): Phase[] {
  return phases
    .map((phase) => ({ ...phase, lanes: phase.lanes.filter((lane) => lane.host === host) }))
    .filter((phase) => phase.lanes.length > 0);
}

/** Removes one run's journal from a host. */
export function removeJournal(fleet: Fleet, name: string, folders: StateFolders, run: string): Promise<void> {
  return fleet.on(name, async (host) => (await host.files()).remove(folders.journal(run)));
}
