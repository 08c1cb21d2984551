import { commaFields } from "../values.ts";

/** A port of the container, `80/tcp`, and where it is published on the host. */
export interface Published {
  port: string;
  binding: { HostIp: string; HostPort: string };
}

/** Every port that one value of `--publish` names; null where it cannot be understood. */
export function publish(text: string): Published[] | null {
  return text.includes("=") ? longForm(text) : shortForm(text);
}

/** `[ADDRESS:][HOST_PORT:]PORT[/PROTOCOL]`, each port or a range of them. */
function shortForm(text: string): Published[] | null {
  const match =
    /^(?:(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]*)):)?(?:(\d*(?:-\d+)?):)?(\d+(?:-\d+)?)(?:\/(tcp|udp|sctp))?$/.exec(
      text,
    );
  if (!match) return null;
  const [, ip6, before, hostPart, inside = "", protocol = "tcp"] = match;
  // With a single colon, what stands before it is the host's port.
  const single = ip6 === undefined && hostPart === undefined && before !== undefined;
  const onHost = single ? before : (hostPart ?? "");
  if (!/^(\d+(-\d+)?)?$/.test(onHost)) return null;
  return paired({ address: ip6 ?? (single ? "" : (before ?? "")), onHost, inside, protocol });
}

/** `published=8080,target=80,protocol=tcp`. */
function longForm(text: string): Published[] | null {
  const parts = { onHost: "", inside: "", protocol: "tcp", address: "" };
  for (const field of commaFields(text) ?? []) {
    const [key, value = ""] = field.split("=", 2);
    if (key === "published") parts.onHost = value;
    else if (key === "target") parts.inside = value;
    else if (key === "protocol") parts.protocol = value;
    else if (key !== "mode") return null;
  }
  return parts.inside === "" ? null : paired(parts);
}

function paired(parts: {
  address: string;
  onHost: string;
  inside: string;
  protocol: string;
}): Published[] | null {
  const inside = range(parts.inside);
  const onHost = parts.onHost === "" ? null : range(parts.onHost);
  if (inside === null) return null;
  // Several ports of the host for one of the container: Docker takes whichever is free.
  if (onHost && inside.length === 1 && onHost.length > 1) {
    return [
      { port: `${inside[0]}/${parts.protocol}`, binding: { HostIp: parts.address, HostPort: parts.onHost } },
    ];
  }
  if (onHost && onHost.length !== inside.length) return null;
  return inside.map((port, index) => ({
    port: `${port}/${parts.protocol}`,
    binding: { HostIp: parts.address, HostPort: onHost ? String(onHost[index]) : "" },
  }));
}

function range(text: string): number[] | null {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (!(from <= to && from >= 0 && to <= 65_535)) return null;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
