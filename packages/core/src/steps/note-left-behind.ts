import type { NoteLeftBehind } from "../plan/step.ts";
import type { StepHandler } from "./step-handler.ts";

export const noteLeftBehind: StepHandler<NoteLeftBehind> = {
  describe: ({ note: { hosts } }) =>
    hosts.length === 0
      ? "note that no host is left behind any more"
      : `note that ${hosts.map(({ host }) => host).join(", ")} ${hosts.length === 1 ? "is" : "are"} left behind`,
  essential: true,
  async run({ note }, { host, around }) {
    const files = await host.files();
    await files.replace(around.folders.leftBehind, JSON.stringify(note), 0o600, around.random.hex(8));
    return undefined;
  },
};
