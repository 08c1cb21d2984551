import { existsSync } from "node:fs";
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

/** Removes the volumes of checkouts that are no more, such as those of a CI run. */
export async function removeForgottenVolumes(docker: Dockerode): Promise<void> {
  const { Volumes } = await docker.listVolumes({ filters: { label: [labels.checkout] } });
  const forgotten = (Volumes ?? []).filter(({ Labels }) => !existsSync(Labels?.[labels.checkout] ?? "/"));
  for (const { Name } of forgotten) {
    await docker
      .getVolume(Name)
      .remove()
      .catch((error: { statusCode?: number }) => {
        // In use by a sandbox that still stands, or removed by another run just now.
        if (error.statusCode !== 409 && error.statusCode !== 404) throw error;
      });
  }
}
