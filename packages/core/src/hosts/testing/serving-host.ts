import { aContainer, anActive, anOlderRecord } from "../../plan/builders.fixture.ts";
import { APP_LABEL, KIND_LABEL, RELEASE_LABEL, ROLE_LABEL, VERSION_LABEL } from "../../release/labels.ts";
import { PROXY_CONTAINER } from "../proxy-container.ts";
import type { SimulatedHost } from "./simulated-fleet.ts";

/** How many releases a host keeps records of. */
const KEPT = 5;

/** A host that serves release `r1` of the app `shop`, and has served others before. */
export function aServingHost(): SimulatedHost {
  const { id, name, state, status, image, imageId, role, version, release } = aContainer();
  const labels = {
    [APP_LABEL]: "shop",
    [KIND_LABEL]: "role",
    [RELEASE_LABEL]: release,
    [ROLE_LABEL]: role,
    [VERSION_LABEL]: version,
  };
  const app = {
    Id: id,
    Names: [`/${name}`],
    State: state,
    Status: status,
    Image: image,
    ImageID: imageId,
    Created: 1,
    Labels: labels,
  };
  const proxy = {
    ...app,
    Id: "p1",
    Names: [`/${PROXY_CONTAINER}`],
    Image: "cutover-proxy:0.1.0",
    Labels: {},
  };
  const active = { candidate: release, targets: [`${id}:3000`], state: "active", inFlight: 0 };
  return {
    docker: {
      "/version": { Version: "26.1.5", ApiVersion: "1.45", Arch: "amd64" },
      "/info": { DockerRootDir: "/var/lib/docker", DriverStatus: [] },
      "/containers/json": [app, proxy],
      "/containers/cutover-proxy/json": { State: { Status: "running", Pid: 17 } },
      "/images/json": [
        { Id: imageId, RepoTags: [`${image}:${version}`], RepoDigests: [], Size: 100_000_000 },
        { Id: "i9", RepoTags: ["cutover-proxy:0.1.0"], RepoDigests: [], Size: 50_000_000 },
      ],
      "/networks": [{ Name: "cutover" }],
    },
    look: look(),
    services: [{ service: "shop-web", active, traffic: "open" }],
  };
}

/** As the script prints it: names and values, each ended by a NUL. */
function look(): string {
  const records = Array.from({ length: KEPT }, (_, index) => anOlderRecord(index + 1));
  const pairs: [string, string][] = [
    ["home", "/root"],
    ["time", String(Date.now() / 1000)],
    ["uptime", "100.00 200.00"],
    ["boot", "simulated"],
    ["active", JSON.stringify(anActive())],
    ["key", "00".repeat(32)],
    ...records.map((record): [string, string] => ["record", JSON.stringify(record)]),
    [
      "disks",
      "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100000000 1 99999999 1% /",
    ],
  ];
  return pairs.map(([name, value]) => `${name}\0${value}\0`).join("");
}
