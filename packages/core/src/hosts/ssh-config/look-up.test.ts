import { expect, test } from "vitest";
import { type Asker, lookUp } from "./look-up.ts";
import { parseSshConfig } from "./parse.ts";

const anna: Asker = { localUser: "anna", user: null };

async function said(text: string, host: string, asker = anna) {
  return lookUp(await parseSshConfig(text, async () => []), host, asker);
}

test("the first value counts, and key files add up", async () => {
  const text = "Host web1\n  Port 2222\n  IdentityFile a\nHost web*\n  Port 23\n  IdentityFile=b\n";
  expect(await said(text, "web1")).toMatchObject({ port: 2222, identityFiles: ["a", "b"] });
  expect(await said(text, "db1")).toMatchObject({ port: null, identityFiles: [] });
});

test("patterns can be negated, keywords have any case, and a comment ends a value", async () => {
  const text = "HOST *.example.com !db.example.com\n\tHOSTNAME 10.0.0.1 # the new one\n";
  expect((await said(text, "web.example.com")).hostName).toBe("10.0.0.1");
  expect((await said(text, "db.example.com")).hostName).toBeNull();
});

test("Match host, originalhost, user, localuser and all are understood", async () => {
  const text = [
    "Host web1\n  HostName web1.example.com",
    "Match host *.example.com localuser anna\n  Port 1",
    "Match originalhost web2\n  Port 2",
    "Match user deploy\n  Port 3",
    "Match all\n  IdentityFile everyone",
  ].join("\n");
  expect(await said(text, "web1")).toMatchObject({ port: 1, identityFiles: ["everyone"] });
  expect((await said(text, "web2")).port).toBe(2);
  expect((await said(text, "web3", { localUser: "anna", user: "deploy" })).port).toBeNull();
  expect(
    (
      await said(text.replace("user deploy", "user deploy host web3"), "web3", {
        localUser: "x",
        user: "deploy",
      })
    ).port,
  ).toBe(3);
});

test("a condition that would have to run a command is passed over and said, where it would have mattered", async () => {
  const text = 'Match host web1 exec "test -S agent"\n  IdentityAgent agent\n';
  expect(await said(text, "web1")).toMatchObject({
    identityAgent: null,
    unused: ['ssh_config: what stands under "Match host web1 exec test -S agent" is passed over'],
  });
  expect((await said(text, "web2")).unused).toEqual([]);
  expect((await said("Match exec x\n  ForwardX11 no\n", "web1")).unused).toEqual([]);
});

test("what is asked for and not done is said", async () => {
  const text = "Host web1\n  CertificateFile ~/.ssh/cert.pub\n  HostKeyAlias web\n";
  expect((await said(text, "web1")).unused).toEqual([
    "ssh_config: certificatefile ~/.ssh/cert.pub is not used",
    "ssh_config: hostkeyalias web is not used",
  ]);
});

test("a proxy command keeps its quotes", async () => {
  const text = `Host i-*\n  ProxyCommand sh -c "aws ssm start-session --target %h --parameters 'portNumber=%p'"\n`;
  expect((await said(text, "i-0abc")).proxyCommand).toBe(
    `sh -c "aws ssm start-session --target %h --parameters 'portNumber=%p'"`,
  );
});

test("what is included inside a block counts for that block only", async () => {
  const include = async () => parseSshConfig("Port 2222\n", async () => []);
  const entries = await parseSshConfig("Host web1\n  Include more\nHost web2\n  User x\n", include);
  expect(lookUp(entries, "web1", anna).port).toBe(2222);
  expect(lookUp(entries, "web2", anna).port).toBeNull();
});
