import type { LeftState } from "./deploy-error.ts";

/** What is the same for every error of one code. */
interface Entry {
  /** What the command ends with. Exit codes group what a script would treat alike. */
  exitCode: number;
  /** What it means, in a sentence. */
  meaning: string;
  /** What can have been left; empty where the command changes nothing. The error itself says which it is. */
  leaves: readonly LeftState[];
  /** What its reader can do about it. The error itself may know better. */
  remedy: string;
}

/** States in which what served before serves still. */
const untouched = ["unchanged", "not-switched"] as const;

/** Every error this package can end with. `docs/errors.md` is made from this. */
export const catalogue = {
  USAGE: {
    exitCode: 2,
    meaning: "The command line could not be understood.",
    leaves: [],
    remedy: "`deploy --help` lists every verb and option; `deploy VERB --help` says more about one.",
  },
  CONFIG_NOT_FOUND: {
    exitCode: 2,
    meaning: "There is no configuration file where one was expected.",
    leaves: [],
    remedy: "Run the command in the app's folder, or name the file with `-c`.",
  },
  CONFIG_INVALID: {
    exitCode: 2,
    meaning: "The configuration file has something in it that cannot be used.",
    leaves: [],
    remedy: "Every place is named with its file, line and column, and the nearest valid key.",
  },
  NOT_A_REPOSITORY: {
    exitCode: 2,
    meaning: "The version comes from git, and this folder is no git repository.",
    leaves: ["unchanged"],
    remedy: "`git init` and commit, or name a version yourself with `--version`.",
  },
  RELEASE_UNKNOWN: {
    exitCode: 2,
    meaning: "The release asked for is not on the hosts.",
    leaves: ["unchanged"],
    remedy: "`deploy details` shows which are; an older one can be deployed again from its commit.",
  },
  PLAN_OUTDATED: {
    exitCode: 3,
    meaning: "The plan that was to be carried out was made from something that has changed since.",
    leaves: ["unchanged"],
    remedy: "What has moved is told below the error. `deploy plan --out FILE` makes a new plan.",
  },
  LOCK_HELD: {
    exitCode: 10,
    meaning: "Another deploy of this service is at work.",
    leaves: ["unchanged"],
    remedy:
      "Wait for it with `--lock-wait`, or look with `deploy lock status`; `deploy lock release` frees one that a person took.",
  },
  LOCK_LOST: {
    exitCode: 11,
    meaning: "The lock ran out while we were away, so nothing more was changed.",
    leaves: [...untouched, "switched", "split"],
    remedy: "`deploy details` shows what serves; then deploy again.",
  },
  HOST_UNREACHABLE: {
    exitCode: 20,
    meaning: "A host could not be reached over SSH.",
    leaves: untouched,
    remedy: "Try `ssh` to it with the same user and port; check `ssh` in the configuration and the firewall.",
  },
  HOST_KEY_UNKNOWN: {
    exitCode: 21,
    meaning: "A host's key is not in known_hosts.",
    leaves: ["unchanged"],
    remedy: "Compare its fingerprint, then `deploy trust HOST`.",
  },
  HOST_KEY_CHANGED: {
    exitCode: 21,
    meaning: "A host shows another key than the one in known_hosts.",
    leaves: ["unchanged"],
    remedy:
      "Find out why. If the host was made anew, `deploy trust HOST` after you compared the fingerprint.",
  },
  HOST_AUTHENTICATION: {
    exitCode: 22,
    meaning: "A host refused the key or user.",
    leaves: ["unchanged"],
    remedy:
      "Put your public key in the host's `authorized_keys`, or name the right `ssh.user` and `ssh.keys`.",
  },
  BUILD_FAILED: {
    exitCode: 30,
    meaning: "The image could not be built.",
    leaves: ["unchanged"],
    remedy: "The build's last lines are shown; `docker build .` should fail alike.",
  },
  BUILDER_MISSING: {
    exitCode: 30,
    meaning: "There is no Docker, or no buildx, to build with.",
    leaves: ["unchanged"],
    remedy:
      "Install Docker with buildx on the machine you deploy from, or push the image elsewhere and use `-P`.",
  },
  REGISTRY_REFUSED: {
    exitCode: 31,
    meaning: "The registry refused the user or password.",
    leaves: untouched,
    remedy: "Check `registry` in the configuration and the secret it names.",
  },
  TRANSFER_FAILED: {
    exitCode: 31,
    meaning: "An image could not be pushed, pulled or loaded.",
    leaves: untouched,
    remedy: "Check that the registry can be reached from the host named, then deploy again.",
  },
  DOCKER_UNAVAILABLE: {
    exitCode: 32,
    meaning: "A host's Docker engine does not answer.",
    leaves: [...untouched, "split"],
    remedy: "On the host: `systemctl status docker`. The SSH user has to be root or in the group `docker`.",
  },
  PROXY_SILENT: {
    exitCode: 32,
    meaning: "A host's proxy does not run, or was started and did not answer in time.",
    leaves: [...untouched, "split"],
    remedy:
      "`deploy proxy boot` starts one that does not run. Else its last lines are shown; the host may have no processor time or memory left. Then deploy again.",
  },
  PORT_TAKEN: {
    exitCode: 32,
    meaning: "Something else on the host holds a port that the proxy needs.",
    leaves: untouched,
    remedy: "Stop what holds it (the error names it), or choose another with `proxy.run.http_port`.",
  },
  PROXY_NOT_REPLACED: {
    exitCode: 32,
    meaning: "A host's proxy could not be brought up to this version, and serves on as it was.",
    leaves: untouched,
    remedy:
      "The error says why and shows the proxy's last lines. `deploy proxy reboot --recreate` makes its container anew.",
  },
  STATE_UNUSABLE: {
    exitCode: 32,
    meaning: "What a host keeps of an app cannot be read or written there.",
    leaves: [...untouched, "split"],
    remedy:
      "On the host: is the disk full or mounted read-only, or was something else put in the way? `/var/lib/cutover` is the folder unless `run_directory` names another.",
  },
  DISK_FULL: {
    exitCode: 32,
    meaning: "A host has no room left.",
    leaves: untouched,
    remedy:
      "On the host: `df -h` and `docker system df`. A smaller `retain_containers` keeps fewer releases.",
  },
  SECRET_MISSING: {
    exitCode: 40,
    meaning: "A secret that the configuration names has no value.",
    leaves: ["unchanged"],
    remedy: "Give it one in `.cutover/secrets`, or in the environment that it is taken from there.",
  },
  SECRETS_INVALID: {
    exitCode: 40,
    meaning: "The secrets file could not be read, or the certificate in it cannot be used.",
    leaves: ["unchanged"],
    remedy: "The line or the secrets are named; a command in a line has to end with 0.",
  },
  GATE_FAILED: {
    exitCode: 60,
    meaning: "The new release did not prove healthy; nothing was switched.",
    leaves: ["not-switched"],
    remedy: "The error says what was seen and shows the container's last lines. Repair it and deploy again.",
  },
  REVERTED: {
    exitCode: 61,
    meaning: "It failed after a switch, and all was put back.",
    leaves: ["reverted"],
    remedy: "Repair what the cause names and deploy again.",
  },
  SPLIT: {
    exitCode: 62,
    meaning: "Hosts serve different releases and could not be put back.",
    leaves: ["split"],
    remedy:
      "Each host is named with what it serves. When all can be reached again, `deploy` or `deploy rollback`.",
  },
  REGRESSED: {
    exitCode: 70,
    meaning: "The new release did worse than the one before while it baked, and all was put back.",
    leaves: ["reverted"],
    remedy: "The error says whether it failed more often, was slower, or ended. Repair it and deploy again.",
  },
  AFTER_SWITCH: {
    exitCode: 51,
    meaning: "The new release serves, but something after the switch failed.",
    leaves: ["switched"],
    remedy: "Nothing is urgent: the next deploy does what was left over.",
  },
  INTERRUPTED: {
    exitCode: 130,
    meaning: "Ctrl-C: what was begun was finished or undone.",
    leaves: [...untouched, "switched", "reverted"],
    remedy: "Deploy again whenever you like.",
  },
  TERMINATED: {
    exitCode: 143,
    meaning: "SIGTERM: what was begun was finished or undone.",
    leaves: [...untouched, "switched", "reverted"],
    remedy: "Deploy again whenever you like.",
  },
  INTERNAL: {
    exitCode: 80,
    meaning: "A defect of ours; please report it.",
    leaves: [...untouched, "switched", "split"],
    remedy: "`deploy details` shows what serves. Report the lines shown below the error.",
  },
} as const satisfies Record<string, Entry>;

/** The stable name of an error. */
export type ErrorCode = keyof typeof catalogue;
