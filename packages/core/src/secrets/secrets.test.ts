import { describe, expect, it } from "vitest";
import { aWorkspace } from "../config/testing/a-workspace.ts";
import { DeployError, type ErrorFacts } from "../errors/index.ts";
import { openSecrets } from "./secrets.ts";

const nowhere = { secretsPath: null, destination: null };

/** The values of `names` in a secrets file with this text. */
async function valuesOf(text: string, names: string[], env: Record<string, string> = {}): Promise<string[]> {
  const secrets = await openSecrets(aWorkspace({ ".kamal/secrets": text }, env), nowhere);
  return Promise.all(names.map((name) => secrets.get(name)));
}

async function failure(promise: Promise<unknown>): Promise<{ code: string } & ErrorFacts> {
  const error: unknown = await promise.then(
    () => new Error("nothing was thrown"),
    (reason: unknown) => reason,
  );
  if (error instanceof DeployError) return { code: error.code, ...error.facts };
  throw error;
}

describe("a secrets file", () => {
  it.each([
    ["PLAIN=value", "value"],
    ["PLAIN = value ", "value"],
    ["PLAIN: value", "value"],
    ["export PLAIN=value", "value"],
    ["PLAIN='single $HOME # kept'", "single $HOME # kept"],
    ['PLAIN="double\\nlines"', "double\nlines"],
    ['PLAIN="a \\"quote\\" and \\$5"', 'a "quote" and $5'],
    ["PLAIN=value # comment", "value"],
    ["PLAIN='value' # comment", "value"],
    ["PLAIN=pass#word", "pass#word"],
    ["PLAIN=a=b=c", "a=b=c"],
    ["PLAIN=", ""],
    ["PLAIN=''", ""],
    ["PLAIN= # nothing", ""],
    ["PLAIN=two words", "two words"],
    ["PLAIN=pre'single'\"double\"post", "pre'single'\"double\"post"],
    ["PLAIN=it's", "it's"],
    ['PLAIN={"a": [1, "$"]} # JSON', '{"a": [1, "$"]}'],
    ['PLAIN="x"y', '"x"y'],
    ["PLAIN=\\$HOME", "$HOME"],
    ["PLAIN=100$", "100$"],
    ["# first\n\n  PLAIN=indented", "indented"],
    ["PLAIN=first\nPLAIN=second", "second"],
    ["PLAIN=windows\r\n", "windows"],
  ])("reads %j", async (text, value) => {
    expect(await valuesOf(text, ["PLAIN"])).toEqual([value]);
  });

  it("carries a value of several lines to the byte", async () => {
    const key = "-----BEGIN KEY-----\nline one\n\tline two\\n\n-----END KEY-----\n";
    expect(await valuesOf(`KEY='${key}'\nNEXT=1`, ["KEY", "NEXT"])).toEqual([key, "1"]);
  });

  it("uses earlier lines first, then the environment", async () => {
    const text = `BASE=file\nURL=https://$BASE.example.com/\${NAME}\nHOME_IS=\${NAME:-none}-\${UNSET:-none}-\${EMPTY-kept}\nEMPTY=`;
    expect(await valuesOf(text, ["URL", "HOME_IS"], { BASE: "environment", NAME: "ada", EMPTY: "" })).toEqual(
      ["https://file.example.com/ada", "ada-none-"],
    );
  });

  it("lets a line use its own name from above it or from the environment", async () => {
    expect(await valuesOf("TOKEN=$TOKEN", ["TOKEN"], { TOKEN: "from outside" })).toEqual(["from outside"]);
  });

  it("runs commands in a shell, without the last line end", async () => {
    const text =
      "A=$(printf 'x\\n')\nB=\"<$(printf one; printf ' two')>\"\nC=$(echo $(echo nested) \\\n  and more)\nD=$(cat nothing 2>/dev/null || echo \"$A\")";
    expect(await valuesOf(text, ["A", "B", "C", "D"])).toEqual(["x", "<one two>", "nested and more", "x"]);
  });

  it("keeps a secret that a command uses out of its arguments", async () => {
    const text =
      "PASSWORD=hunter2secret\nARGUMENTS=$(tr '\\0' ' ' < /proc/$$/cmdline; printf %s \"$PASSWORD\" | wc -c)";
    const [seen] = await valuesOf(text, ["ARGUMENTS"]);
    expect(seen).not.toContain("hunter2secret");
    expect(seen).toMatch(/13$/);
  });

  it("runs a command once, and only when its value is asked for", async () => {
    const secrets = await openSecrets(
      aWorkspace({ ".cutover/secrets": "ONCE=$(date +%s%N)\nNEVER=$(exit 1)\nTWICE=$ONCE" }),
      nowhere,
    );
    expect(secrets.missing(["ONCE", "NEVER"])).toEqual([]);
    expect(await secrets.get("TWICE")).toBe(await secrets.get("ONCE"));
  });

  it("takes one value out of what a password manager gave", async () => {
    const text = `ALL='{"shop/TOKEN": "a b c", "KEY": "k"}'\nTOKEN=$(kamal secrets extract TOKEN $ALL)\nKEY=$(kamal secrets extract KEY \${ALL})`;
    expect(await valuesOf(text, ["TOKEN", "KEY"])).toEqual(["a b c", "k"]);
  });

  it("is refused with words where it is a shell script", async () => {
    const text = 'A=1\nif [ -n "$CI" ]; then\n  B=2\nfi\n';
    expect(await failure(valuesOf(text, ["A"]))).toMatchObject({
      code: "SECRETS_INVALID",
      cause:
        ".kamal/secrets cannot be read as secrets: if is a shell's; this file is not run by one (line 2)",
      details: [".kamal/secrets:2:1 if is a shell's; this file is not run by one"],
    });
  });

  it.each([
    ["A='open\nB=1", "a ' is not closed (line 1)"],
    ['A=1\nB="open', 'a " is not closed (line 2)'],
    ["A=$(echo", "a $( is not closed (line 1)"],
    [`A=\${B:?}`, "can have a default only"],
  ])("is refused where %j", async (text, message) => {
    expect((await failure(valuesOf(text, ["A"]))).cause).toContain(message);
  });

  it("says which command failed, and not with what", async () => {
    const error = await failure(
      valuesOf('P=hunter2secret\nA=$(printf \'%s\' "$P"; echo sorry "$P" >&2; exit 3)', ["A"]),
    );
    expect(error).toMatchObject({
      code: "SECRETS_INVALID",
      cause: "The command for the secret A ended with 3 (.kamal/secrets line 2)",
    });
    expect(JSON.stringify(error)).not.toContain("hunter2secret");
    expect(error.details).toContain("sorry [REDACTED]");
  });
});

describe("secrets files", () => {
  const files = {
    ".kamal/secrets-common": "A=common\nB=common",
    ".kamal/secrets": "B=base",
    ".kamal/secrets.staging": "B=staging $KAMAL_DESTINATION",
  };

  it("are the common one and the base without a destination", async () => {
    const secrets = await openSecrets(aWorkspace(files), nowhere);
    expect([await secrets.get("A"), await secrets.get("B")]).toEqual(["common", "base"]);
  });

  it("are the common one and the destination's own with one", async () => {
    const secrets = await openSecrets(aWorkspace(files), { secretsPath: null, destination: "staging" });
    expect([await secrets.get("A"), await secrets.get("B")]).toEqual(["common", "staging staging"]);
  });

  it("are ours before Kamal's", async () => {
    const secrets = await openSecrets(aWorkspace({ ...files, ".cutover/secrets": "B=ours" }), nowhere);
    expect(await secrets.get("B")).toBe("ours");
    expect(secrets.missing(["A"])).toHaveLength(1);
  });

  it("can be elsewhere", async () => {
    const secrets = await openSecrets(aWorkspace({ "deploy/secrets": "A=elsewhere" }), {
      secretsPath: "deploy/secrets",
      destination: null,
    });
    expect(await secrets.get("A")).toBe("elsewhere");
  });

  it("can be missing: then .env and the environment have them", async () => {
    const secrets = await openSecrets(aWorkspace({ ".env": "A=dotenv" }, { B: "process" }), nowhere);
    expect([await secrets.get("A"), await secrets.get("B")]).toEqual(["dotenv", "process"]);
  });

  it("are told when they belong to somebody else", async () => {
    const theirs = async () => ({ kind: "file", readable: false, executable: false }) as const;
    const workspace = { ...aWorkspace({ ".cutover/secrets": "A=1" }), look: theirs };
    expect(await failure(openSecrets(workspace, nowhere))).toMatchObject({
      code: "SECRETS_INVALID",
      cause: ".cutover/secrets-common cannot be read by this user",
    });
  });
});

describe("a missing secret", () => {
  it("is said with the nearest name and where it was looked for", async () => {
    const secrets = await openSecrets(aWorkspace({ ".kamal/secrets": "DATABASE_URL=x" }), nowhere);
    expect(secrets.missing(["DATABSE_URL", "TOKEN", "DATABASE_URL"])).toEqual([
      { name: "DATABSE_URL", hint: "Did you mean DATABASE_URL? Looked in .kamal/secrets" },
      { name: "TOKEN", hint: "Write TOKEN=… into .kamal/secrets; looked in .kamal/secrets" },
    ]);
  });

  it("is not looked for in a file without the destination's name, which is told", async () => {
    const staging = { secretsPath: null, destination: "staging" };
    const secrets = await openSecrets(aWorkspace({ ".kamal/secrets": "TOKEN=x" }), staging);
    const hint =
      ".kamal/secrets is not read with a destination; rename it to .kamal/secrets-common, which every destination reads";
    expect(secrets.missing(["TOKEN"])).toEqual([{ name: "TOKEN", hint }]);
  });

  it("is an error of its own when it is asked for", async () => {
    const secrets = await openSecrets(aWorkspace({}), nowhere);
    expect(await failure(secrets.get("TOKEN"))).toMatchObject({
      code: "SECRET_MISSING",
      hint: "Write TOKEN=… into .cutover/secrets; there is no secrets file yet",
    });
  });
});
