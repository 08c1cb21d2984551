import { expect, test } from "vitest";
import { parseYaml } from "./parse/parse.ts";
import { problemLine } from "./problem.ts";
import { placesOfSecret } from "./secret-places.ts";

const text = `service: shop
registry:
  password: [REGISTRY]
env:
  clear:
    NOTE: TOKEN
  secret:
    - TOKEN
    - API_KEY:TOKEN
accessories:
  db:
    env:
      secret: [TOKEN]
`;

function places(name: string): string[] {
  const { root } = parseYaml({ file: "deploy.yml", text, original: { text, offset: (offset) => offset } });
  if (root?.kind !== "map") throw new Error("it is a mapping");
  return placesOfSecret(root, name).map((place) => problemLine({ ...place, message: "here" }));
}

test("every place that names a secret is found, by the secret's name and not the variable's", () => {
  expect(places("TOKEN")).toEqual([
    "deploy.yml:8:7 env.secret.0: here",
    "deploy.yml:9:7 env.secret.1: here",
    "deploy.yml:13:16 accessories.db.env.secret.0: here",
  ]);
  expect(places("API_KEY")).toEqual([]);
  expect(places("REGISTRY")).toEqual(["deploy.yml:3:14 registry.password.0: here"]);
});
