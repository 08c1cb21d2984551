import type { HostFiles } from "../hosts/files.ts";
import type { WriteRecord } from "../plan/step.ts";
import type { StateFolders } from "../release/state-folders.ts";
import { shortVersion } from "../release/version.ts";
import type { StepHandler } from "./step-handler.ts";

export const writeRecord: StepHandler<WriteRecord> = {
  describe: ({ record }) => `write down release ${record.release} (${shortVersion(record.version)})`,
  async run({ record }, { host, around }) {
    const { folders, random } = around;
    const files = await host.files();
    await files.makeFolder(folders.release(record.release), 0o700);
    // Made once: what is written with it is compared with what is written later.
    await files.create(folders.checksumKey, around.checksumKey(host.name), 0o600);
    await Promise.all(
      record.roles.map(({ role }) => {
        const text = JSON.stringify(around.environment(host.name, role));
        return files.replace(folders.environment(record.release, role), text, 0o600, random.hex(8));
      }),
    );
    await Promise.all(
      record.roles.map(async ({ role }) => {
        const certificate = around.certificate(role);
        if (certificate === null) return;
        const path = folders.certificate(record.release, role);
        await files.replace(path, JSON.stringify(certificate), 0o600, random.hex(8));
      }),
    );
    // Last, since a release counts as written down when its record is there.
    await files.replace(folders.record(record.release), JSON.stringify(record), 0o600, random.hex(8));
    return undefined;
  },
  async undo({ record }, { host, around }) {
    await removeRelease(await host.files(), around.folders, record.release);
  },
};

/** Removes all that was written down of a release, its record first. */
export async function removeRelease(files: HostFiles, folders: StateFolders, id: string): Promise<void> {
  await files.remove(folders.record(id));
  const folder = folders.release(id);
  const names = (await files.list(folder)).filter((name) => name !== "." && name !== "..");
  await Promise.all(names.map((name) => files.remove(`${folder}/${name}`)));
  await files.removeFolder(folder);
}
