import { cpus, release, totalmem, type } from "node:os";

/** What the figures were measured on. */
export interface MachineFacts {
  os: string;
  cpu: string;
  cores: number;
  memoryGb: number;
  node: string;
}

export function thisMachine(): MachineFacts {
  const all = cpus();
  return {
    os: `${type()} ${release()}`,
    cpu: all[0]?.model.trim() ?? "unknown",
    cores: all.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  };
}
