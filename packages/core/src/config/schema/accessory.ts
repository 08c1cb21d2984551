import { z } from "zod";
import { defaults } from "./defaults.ts";
import { env } from "./env.ts";
import { dockerFlags, filledText, inWords, optional, text, textMap, texts } from "./fields.ts";
import { proxy } from "./proxy.ts";
import { registry } from "./registry.ts";
import { command } from "./servers.ts";

const pathDetails = {
  remote: filledText.meta({ description: "Where it is mounted in the container." }),
  owner: optional(text, "`user:group`."),
  options: optional(text, "Mount options, such as `ro`."),
};

const file = z.union(
  [
    text.refine((value) => value.includes(":"), { error: "expected local:remote" }),
    z.strictObject({
      local: filledText.meta({ description: "The file in the project." }),
      mode: optional(text, "Octal.", defaults.fileMode),
      ...pathDetails,
    }),
  ],
  { error: "expected local:remote, or local and remote" },
);

const directory = z.union(
  [
    text.refine((value) => value.includes(":"), { error: "expected local:remote" }),
    z.strictObject({
      local: filledText.meta({
        description: "The folder on the host; below the accessory's own unless absolute.",
      }),
      mode: optional(text, "Octal."),
      ...pathDetails,
    }),
  ],
  { error: "expected local:remote, or local and remote" },
);

/** One of `accessories`. */
export const accessory = z.strictObject({
  service: optional(filledText, "Its container's name.", inWords("the service's and its own")),
  image: filledText.meta({ description: "The image, with its tag." }),
  registry: optional(registry, "Where the image comes from, when not public."),
  host: optional(filledText, "Where it runs: a host."),
  hosts: optional(texts, "Where it runs: several hosts."),
  role: optional(filledText, "Where it runs: the hosts of a role."),
  roles: optional(texts, "Where it runs: the hosts of several roles."),
  tag: optional(filledText, "Where it runs: the hosts that carry a tag."),
  tags: optional(texts, "Where it runs: the hosts that carry one of several tags."),
  cmd: optional(command, "What its container runs.", inWords("the image's own")),
  port: optional(
    text,
    "A port to publish: `127.0.0.1:5432:5432`. Without an address it is open to everyone.",
  ),
  labels: optional(textMap, "Labels of its container."),
  options: optional(dockerFlags, "More flags of `docker run`, without their dashes.", {}),
  env: optional(env, "Variables of its container."),
  files: optional(z.array(file), "Files of the project to put on the host and mount."),
  directories: optional(z.array(directory), "Folders of the host to make and mount."),
  volumes: optional(texts, "Volumes, as `docker run --volume` takes them."),
  network: optional(text, "Docker's network it joins.", inWords("the app's")),
  proxy: optional(proxy, "To put it behind the proxy."),
});

export type AccessoryFile = z.output<typeof accessory>;
export type AccessoryPathFile = z.output<typeof file> | z.output<typeof directory>;
