import type { ContainerSettings } from "../container-settings.ts";
import { aSwitch, aText, type Flag, type FlagTable, someTexts, someValues } from "../flag.ts";
import { commaFields } from "../values.ts";
import { type Published, publish } from "./publish.ts";

type Endpoint = NonNullable<
  NonNullable<NonNullable<ContainerSettings["NetworkingConfig"]>["EndpointsConfig"]>[string]
>;

interface Attachment {
  name: string;
  endpoint: Partial<Endpoint>;
}

/** A network's name, or `name=NAME,alias=A,ip=…`. */
function attachment(text: string): Attachment | null {
  if (!/^\w[\w-]*=/.test(text)) return text === "" ? null : { name: text, endpoint: {} };
  let name = "";
  const endpoint: Partial<Endpoint> = {};
  for (const field of commaFields(text) ?? ["?"]) {
    const [key, value = ""] = [field.slice(0, field.indexOf("=")), field.slice(field.indexOf("=") + 1)];
    if (key === "name") name = value;
    else if (key === "alias") endpoint.Aliases = [...(endpoint.Aliases ?? []), value];
    else if (key === "ip") endpoint.IPAMConfig = { ...endpoint.IPAMConfig, IPv4Address: value };
    else if (key === "ip6") endpoint.IPAMConfig = { ...endpoint.IPAMConfig, IPv6Address: value };
    else if (key === "link-local-ip") {
      endpoint.IPAMConfig = {
        ...endpoint.IPAMConfig,
        LinkLocalIPs: [...(endpoint.IPAMConfig?.LinkLocalIPs ?? []), value],
      };
    } else if (key === "mac-address") endpoint.MacAddress = value;
    else if (key === "driver-opt") {
      const [option = "", ...rest] = value.split("=");
      endpoint.DriverOpts = { ...endpoint.DriverOpts, [option]: rest.join("=") };
    } else return null;
  }
  return name === "" ? null : { name, endpoint };
}

function attach(settings: ContainerSettings, { name, endpoint }: Attachment): void {
  const first = settings.HostConfig.NetworkMode === undefined;
  if (first) settings.HostConfig.NetworkMode = name;
  const former = settings.NetworkingConfig?.EndpointsConfig ?? {};
  const plain = Object.keys(endpoint).length === 0;
  if (first && plain && Object.keys(former).length === 0) return;
  settings.NetworkingConfig = {
    EndpointsConfig: { ...former, [name]: { ...former[name], ...endpoint } as Endpoint },
  };
}

/** What belongs to the first network, whichever flag came first. */
function onFirstNetwork(change: (endpoint: Partial<Endpoint>, value: string) => void): Flag {
  return someTexts((settings, value) => {
    const name = settings.HostConfig.NetworkMode ?? "default";
    const former = settings.NetworkingConfig?.EndpointsConfig ?? {};
    const endpoint: Partial<Endpoint> = { ...former[name] };
    change(endpoint, value);
    settings.NetworkingConfig = { EndpointsConfig: { ...former, [name]: endpoint as Endpoint } };
  });
}

/** `name:address`; newer Docker writes `name=address`, and an IPv6 address may be in brackets. */
function extraHost(text: string): string | null {
  const at = text.includes("=") ? text.indexOf("=") : text.indexOf(":");
  if (at <= 0 || at === text.length - 1) return null;
  return `${text.slice(0, at)}:${text.slice(at + 1).replace(/^\[(.*)\]$/, "$1")}`;
}

function exposed(settings: ContainerSettings, published: Published[]): void {
  settings.ExposedPorts = {
    ...settings.ExposedPorts,
    ...Object.fromEntries(published.map(({ port }) => [port, {}])),
  };
}

/** `80`, `80/udp` or `8000-8010`. */
function expose(text: string): Published[] | null {
  return /^\d+(-\d+)?(\/(tcp|udp|sctp))?$/.test(text) ? publish(text) : null;
}

/** Which networks a container is on, and what it is called and published as there. `network` comes first in this table, since others refer to it. */
export const network: FlagTable = {
  network: someValues(attachment, "a network's name", attach),
  "network-alias": onFirstNetwork((endpoint, alias) => {
    endpoint.Aliases = [...(endpoint.Aliases ?? []), alias];
  }),
  ip: onFirstNetwork((endpoint, address) => {
    endpoint.IPAMConfig = { ...endpoint.IPAMConfig, IPv4Address: address };
  }),
  ip6: onFirstNetwork((endpoint, address) => {
    endpoint.IPAMConfig = { ...endpoint.IPAMConfig, IPv6Address: address };
  }),
  "link-local-ip": onFirstNetwork((endpoint, address) => {
    endpoint.IPAMConfig = {
      ...endpoint.IPAMConfig,
      LinkLocalIPs: [...(endpoint.IPAMConfig?.LinkLocalIPs ?? []), address],
    };
  }),
  "mac-address": aText((settings, value) => {
    settings.MacAddress = value;
  }),
  publish: someValues(publish, "[ADDRESS:][HOST_PORT:]PORT[/udp]", (settings, published) => {
    exposed(settings, published);
    const bindings: Record<string, unknown[]> = { ...settings.HostConfig.PortBindings };
    for (const { port, binding } of published) bindings[port] = [...(bindings[port] ?? []), binding];
    settings.HostConfig.PortBindings = bindings;
  }),
  "publish-all": aSwitch((settings, on) => {
    settings.HostConfig.PublishAllPorts = on;
  }),
  expose: someValues(expose, "PORT[/udp]", exposed),
  "add-host": someValues(extraHost, "NAME:ADDRESS", (settings, value) => {
    const former: string[] = settings.HostConfig.ExtraHosts ?? [];
    settings.HostConfig.ExtraHosts = [...former, value];
  }),
  dns: someTexts((settings, value) => {
    settings.HostConfig.Dns = [...(settings.HostConfig.Dns ?? []), value];
  }),
  "dns-option": someTexts((settings, value) => {
    settings.HostConfig.DnsOptions = [...(settings.HostConfig.DnsOptions ?? []), value];
  }),
  "dns-search": someTexts((settings, value) => {
    settings.HostConfig.DnsSearch = [...(settings.HostConfig.DnsSearch ?? []), value];
  }),
  link: someTexts((settings, value) => {
    const former: string[] = settings.HostConfig.Links ?? [];
    settings.HostConfig.Links = [...former, value];
  }),
};
