import type { DeployEvent } from "@cutover/core";

/** `seconds` after ten o'clock on a day in 2026, UTC. */
export const at = (seconds: number) => Date.UTC(2026, 0, 1, 10) + seconds * 1000;

/** The events of a small deploy to two hosts, up to the end of their pulls. */
export function aDeploy(): DeployEvent[] {
  const pull = { phase: "prepare", step: "pull" };
  const build = { phase: "build", host: null, step: "build" };
  return [
    {
      at: at(0),
      type: "command.started",
      command: "deploy",
      service: "hello",
      version: "abc123",
      hosts: ["vm1", "vm2"],
    },
    { at: at(0), type: "phase.started", phase: "build", title: "Build and push", hosts: [] },
    { at: at(0), type: "step.started", ...build, title: "build the image" },
    {
      at: at(0.5),
      type: "output",
      source: "docker build",
      host: null,
      stream: "stderr",
      text: "#5 COPY . .",
    },
    { at: at(2), type: "step.ended", ...build, ok: true, ms: 2000 },
    { at: at(2), type: "phase.ended", phase: "build", ok: true, ms: 2000 },
    { at: at(2), type: "phase.started", phase: "prepare", title: "Prepare the hosts", hosts: ["vm1", "vm2"] },
    { at: at(2), type: "step.started", ...pull, host: "vm1", title: "pull the image" },
    { at: at(2), type: "step.started", ...pull, host: "vm2", title: "pull the image" },
    { at: at(2.2), type: "step.progress", ...pull, host: "vm1", text: "6 of 12 MB" },
    { at: at(2.5), type: "step.ended", ...pull, host: "vm1", ok: true, ms: 500, note: "12 MB" },
    { at: at(3), type: "step.ended", ...pull, host: "vm2", ok: true, ms: 700, note: "12 MB" },
  ];
}
