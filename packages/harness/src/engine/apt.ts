import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { HarnessError } from "../harness-error.ts";
import { type CommandResult, command, mustRun } from "../process/command.ts";

/** A mirror may drop a connection; a third failure in a row is no accident. */
const TRIES = 3;
const PAUSE_BETWEEN_TRIES_MS = 2000;
const DOWNLOAD_TIMEOUT_MS = 300_000;

/**
 * apt with lists and archives of its own, so that the system's are neither changed nor needed, and
 * no lock of theirs is waited for.
 */
export class Apt {
  private readonly folder: string;
  private readonly signal: AbortSignal;
  private readonly options: string[];

  private constructor(folder: string, extra: string[], signal: AbortSignal) {
    this.folder = folder;
    this.signal = signal;
    const set = (name: string, value: string) => ["-o", `${name}=${value}`];
    this.options = [
      ...set("Dir::State::lists", join(folder, "lists")),
      ...set("Dir::Cache", folder),
      ...set("Acquire::Languages", "none"),
      // apt's own user may not enter a folder under somebody's home.
      ...set("APT::Sandbox::User", "root"),
      ...set("Debug::NoLocking", "1"),
      ...extra,
    ];
  }

  /** For the releases that this system is set up for. What is installed on it counts as there. */
  static async ofSystem(folder: string, signal: AbortSignal): Promise<Apt> {
    await makeFolders(folder);
    const apt = new Apt(folder, [], signal);
    // Some third party's source may be broken for good. What matters is whether the downloads succeed.
    await apt.repeatedly(["update"]);
    return apt;
  }

  /** For one other release of Debian, from `mirror`, checked with `keyring`. */
  static async ofRelease(
    folder: string,
    release: { codename: string; mirror: string; keyring: string },
    signal: AbortSignal,
  ): Promise<Apt> {
    await makeFolders(folder);
    const sources = join(folder, "release.sources");
    const stanza = {
      Types: "deb",
      URIs: release.mirror,
      Suites: release.codename,
      Components: "main",
      "Signed-By": release.keyring,
    };
    const lines = Object.entries(stanza).map(([key, value]) => `${key}: ${value}\n`);
    await writeFile(sources, lines.join(""));
    const none = join(folder, "none");
    const apt = new Apt(
      folder,
      [
        ...["-o", `Dir::Etc::SourceList=${sources}`, "-o", `Dir::Etc::SourceParts=${none}`],
        ...["-o", `Dir::Etc::Preferences=${none}`, "-o", `Dir::Etc::PreferencesParts=${none}`],
      ],
      signal,
    );
    const updated = await apt.repeatedly(["update"]);
    if (updated.exitCode !== 0) throw downloadFailed(`the package list of ${release.codename}`, updated);
    return apt;
  }

  /** The mirror of Debian's main archive that this system uses, as its own sources name it. */
  async mirror(codename: string): Promise<string> {
    const format = "$(ORIGIN) $(COMPONENT) $(CODENAME) $(REPO_URI)";
    const listed = await mustRun(
      { doing: "Reading this system's package sources", code: "ENGINE_FAILED" },
      "apt-get",
      [...this.options, "indextargets", "--format", format, "Created-By: Packages"],
      { signal: this.signal },
    );
    for (const line of listed.split("\n")) {
      const [origin, component, of, uri] = line.split(" ");
      if (origin === "Debian" && component === "main" && of === codename && uri) return uri;
    }
    throw new HarnessError("ENGINE_FAILED", {
      cause: `This system's package sources have no Debian archive for ${codename}`,
      hint: "Look at /etc/apt/sources.list and /etc/apt/sources.list.d, or install and start Docker yourself.",
    });
  }

  /**
   * Fetches these packages, whether installed or not, since what is installed now may be gone
   * tomorrow; and those of their dependencies that this system lacks.
   */
  async fetchWithMissing(names: readonly string[]): Promise<string> {
    const install = ["install", "--reinstall", "--download-only", "--no-install-recommends", "--yes"];
    const fetched = await this.repeatedly([...install, ...names]);
    if (fetched.exitCode !== 0) throw downloadFailed(names.join(", "), fetched);
    return join(this.folder, "archives");
  }

  /** Fetches just these packages, whether installed or not. */
  async fetch(names: readonly string[]): Promise<string> {
    const archives = join(this.folder, "archives");
    const fetched = await this.repeatedly(["download", ...names], archives);
    if (fetched.exitCode !== 0) throw downloadFailed(names.join(", "), fetched);
    return archives;
  }

  private async repeatedly(args: string[], cwd = this.folder): Promise<CommandResult> {
    const options = {
      cwd,
      signal: this.signal,
      timeoutMs: DOWNLOAD_TIMEOUT_MS,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" },
    };
    let result = await command("apt-get", [...this.options, ...args], options);
    for (let tried = 1; result.exitCode !== 0 && tried < TRIES; tried += 1) {
      await pause(PAUSE_BETWEEN_TRIES_MS * tried, undefined, { signal: this.signal });
      result = await command("apt-get", [...this.options, ...args], options);
    }
    return result;
  }
}

async function makeFolders(folder: string): Promise<void> {
  await mkdir(join(folder, "lists", "partial"), { recursive: true });
  await mkdir(join(folder, "archives", "partial"), { recursive: true });
}

function downloadFailed(what: string, result: CommandResult): HarnessError {
  const said = result.stderr.trim().split("\n");
  if (result.stderr.includes("--fix-broken")) {
    return new HarnessError("DOWNLOAD_FAILED", {
      cause: `apt does not fetch ${what}: packages of this system are only half installed or half removed`,
      hint: "Mend them with: sudo apt-get --fix-broken install. Then run the same command again.",
      details: said.slice(-5),
    });
  }
  return new HarnessError("DOWNLOAD_FAILED", {
    cause: `Debian's package mirror did not give ${what}, ${TRIES} times in a row`,
    hint: "Look at the network and at /etc/apt, then run the same command again: what was fetched is kept.",
    details: said.slice(-5),
  });
}
