/**
 * Every error this package can end with: its exit code and what it means in general.
 * `docs/errors.md` is made from this. Exit codes group what a script would treat alike.
 */
export const catalogue = {
  USAGE: { exitCode: 2, meaning: "The command line could not be understood." },
  CONFIG_NOT_FOUND: { exitCode: 2, meaning: "There is no configuration file where one was expected." },
  CONFIG_INVALID: { exitCode: 2, meaning: "The configuration file has something in it that cannot be used." },
  NOT_A_REPOSITORY: {
    exitCode: 2,
    meaning: "The version comes from git, and this folder is no git repository.",
  },
  RELEASE_UNKNOWN: { exitCode: 2, meaning: "The release asked for is not on the hosts." },
  LOCK_HELD: { exitCode: 10, meaning: "Another deploy of this service is at work." },
  LOCK_LOST: { exitCode: 11, meaning: "The lock ran out while we were away, so nothing more was changed." },
  HOST_UNREACHABLE: { exitCode: 20, meaning: "A host could not be reached over SSH." },
  HOST_KEY_UNKNOWN: { exitCode: 21, meaning: "A host's key is not in known_hosts." },
  HOST_KEY_CHANGED: { exitCode: 21, meaning: "A host shows another key than the one in known_hosts." },
  HOST_AUTHENTICATION: { exitCode: 22, meaning: "A host refused the key or user." },
  BUILD_FAILED: { exitCode: 30, meaning: "The image could not be built." },
  BUILDER_MISSING: { exitCode: 30, meaning: "There is no Docker, or no buildx, to build with." },
  REGISTRY_REFUSED: { exitCode: 31, meaning: "The registry refused the user or password." },
  TRANSFER_FAILED: { exitCode: 31, meaning: "An image could not be pushed, pulled or loaded." },
  DOCKER_UNAVAILABLE: { exitCode: 32, meaning: "A host's Docker engine does not answer." },
  PORT_TAKEN: { exitCode: 32, meaning: "Something else on the host holds a port that the proxy needs." },
  DISK_FULL: { exitCode: 32, meaning: "A host has no room left." },
  SECRET_MISSING: { exitCode: 40, meaning: "A secret that the configuration names has no value." },
  SECRETS_INVALID: { exitCode: 40, meaning: "The secrets file could not be read." },
  GATE_FAILED: { exitCode: 60, meaning: "The new release did not prove healthy; nothing was switched." },
  REVERTED: { exitCode: 61, meaning: "It failed after a switch, and all was put back." },
  SPLIT: { exitCode: 62, meaning: "Hosts serve different releases and could not be put back." },
  AFTER_SWITCH: { exitCode: 51, meaning: "The new release serves, but something after the switch failed." },
  INTERRUPTED: { exitCode: 130, meaning: "Ctrl-C: what was begun was finished or undone." },
  TERMINATED: { exitCode: 143, meaning: "SIGTERM: what was begun was finished or undone." },
  INTERNAL: { exitCode: 80, meaning: "A defect of ours; please report it." },
} as const satisfies Record<string, { exitCode: number; meaning: string }>;

/** The stable name of an error. */
export type ErrorCode = keyof typeof catalogue;
