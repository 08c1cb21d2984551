import type Dockerode from "dockerode";
import { checkout } from "../checkout.ts";
import { labels } from "./labels.ts";

/** The volumes of one sandbox, as `docker-compose.yml` names them. */
const OWN = ["shared", "registry", "deployer-engine", "deployer-npm"];

/** The cache of packages, which all sandboxes of an engine share. */
const SHARED_BY_ALL = "cutover-packages";

/** Makes the volumes that outlive their sandbox. One that is there is left as it is. */
export async function ensureVolumes(docker: Dockerode, project: string): Promise<void> {
  const Labels = { [labels.sandbox]: project, [labels.checkout]: checkout };
  await Promise.all([
    docker.createVolume({ Name: SHARED_BY_ALL }),
    ...OWN.map((name) => docker.createVolume({ Name: `${project}_${name}`, Labels })),
  ]);
}
