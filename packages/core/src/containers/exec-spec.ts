import type { ContainerCreateOptions, ContainerInspectInfo } from "dockerode";
import { KIND_LABEL } from "../release/labels.ts";

/** What to run, the same in a new container and in a running one. */
export interface ExecWish {
  /** The program and its arguments, or one line for a shell. */
  command: readonly string[];
  /** Added to the container's environment. */
  env: Readonly<Record<string, string>>;
  /** Whether a person's terminal is attached. */
  terminal: boolean;
}

/** What Docker is asked to run: a line with spaces in it is for the image's shell. */
export function execCommand(command: readonly string[]): string[] {
  const [line] = command;
  return command.length === 1 && line !== undefined && /\s/.test(line) ? ["sh", "-c", line] : [...command];
}

/** Variables as the Engine API has them. */
export function execEnv(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

/**
 * A container like one that runs, for a command: the same image, environment and mounts. Not its
 * ports, which the running one holds, nor what keeps it going.
 *
 * @param running what Docker says of the one that runs
 * @param name the new one's
 */
export function execContainer(
  running: Pick<ContainerInspectInfo, "Image" | "Config" | "HostConfig">,
  name: string,
  wish: ExecWish,
): ContainerCreateOptions {
  const { Config: config, HostConfig: host } = running;
  const { PortBindings: _ports, RestartPolicy: _restart, ...hostConfig } = host;
  return {
    name,
    Image: running.Image,
    Env: [...config.Env, ...execEnv(wish.env)],
    Cmd: execCommand(wish.command),
    Entrypoint: config.Entrypoint,
    User: config.User,
    WorkingDir: config.WorkingDir,
    Labels: { ...config.Labels, [KIND_LABEL]: "exec" },
    // Nobody waits for it to become healthy, and the probes would be in its way.
    Healthcheck: { Test: ["NONE"] },
    HostConfig: { ...hostConfig, PublishAllPorts: false },
    Tty: wish.terminal,
    OpenStdin: wish.terminal,
    StdinOnce: wish.terminal,
    AttachStdin: wish.terminal,
    AttachStdout: true,
    AttachStderr: true,
  };
}

/** `shop-web-exec-3f2a1c-9d8e7f`: like Kamal's, so that it is recognised. */
export function execName(container: string, version: string, digits: string): string {
  const prefix = container.includes(`-${version}`)
    ? container.slice(0, container.indexOf(`-${version}`))
    : container;
  return `${prefix}-exec-${version}-${digits}`;
}
