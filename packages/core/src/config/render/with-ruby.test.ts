import { expect, it } from "vitest";
import { aWorkspace } from "../testing/a-workspace.ts";
import type { RunOptions, Workspace } from "../workspace.ts";
import { render } from "./render.ts";

/** Stands for a Ruby, which the machine of the tests may not have. */
function aWorkspaceWithRuby(answer: { exitCode: number; stdout: string; stderr: string }) {
  const runs: { program: string; args: string[]; options: RunOptions }[] = [];
  const run: Workspace["run"] = async (program, args, options) => {
    runs.push({ program, args, options });
    return answer;
  };
  return { runs, workspace: { ...aWorkspace({}), run } };
}

const template = "service: shop\n<% if true %>\nimage: <%= 'a' * 3 %>\n<% end %>\n";

it("gives the whole file to Ruby on its input when one tag needs it", async () => {
  const { runs, workspace } = aWorkspaceWithRuby({
    exitCode: 0,
    stdout: "service: shop\n\nimage: aaa\n\n",
    stderr: "",
  });
  const rendered = await render(template, workspace, { STAGE: "qa" });
  expect(rendered).toMatchObject({ text: "service: shop\n\nimage: aaa\n\n" });
  expect(runs).toMatchObject([{ program: "ruby", options: { stdin: template, env: { STAGE: "qa" } } }]);
  expect(runs[0]?.args.join(" ")).not.toContain("service");
});

it("says the line that Ruby failed in", async () => {
  const { workspace } = aWorkspaceWithRuby({
    exitCode: 1,
    stdout: "",
    stderr:
      "(erb):3:in `<main>': undefined local variable or method `nme' for main:Object (NameError)\n\tfrom …\n",
  });
  expect(await render(template, workspace, {})).toEqual({
    problems: [
      {
        offset: template.indexOf("image"),
        message: "Ruby: undefined local variable or method `nme' for main:Object (NameError)",
      },
    ],
    draft: null,
  });
});

it("refuses at the tag, with what can be written instead, where there is no Ruby", async () => {
  const workspace: Workspace = { ...aWorkspace({}), run: async () => null };
  const rendered = await render(template, workspace, {});
  expect(rendered).toMatchObject({
    problems: [
      { offset: template.indexOf("<% if"), message: expect.stringContaining('ENV.fetch("NAME", "default")') },
    ],
  });
});
