import type Dockerode from "dockerode";
import { ContainerMachine } from "./container-machine.ts";
import type { Registry } from "./sandbox.ts";

/** The registry as a container. */
export class RegistryContainer extends ContainerMachine implements Registry {
  readonly server = "registry:4443";
  readonly username = "deployer";

  constructor(outer: Dockerode, project: string) {
    super(outer, project, "registry");
  }

  password(): Promise<string> {
    return this.must("Reading the password", "cat /shared/registry/password");
  }

  async tags(repository: string): Promise<string[]> {
    // The password goes to curl on standard input: an argument would show in the process list.
    const script =
      'printf "user = deployer:%s\\n" "$(cat /shared/registry/password)" |' +
      " curl --silent --config - --cacert /shared/ca/ca.crt --resolve registry:4443:127.0.0.1" +
      ' "https://registry:4443/v2/$REPOSITORY/tags/list"';
    const answer = await this.must("Asking for tags", script, { env: { REPOSITORY: repository } });
    const { tags } = JSON.parse(answer) as { tags?: string[] | null };
    return tags ?? [];
  }
}
