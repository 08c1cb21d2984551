import { expect, test } from "vitest";
import { containerHolder, processHolder } from "./port-holder.ts";

test("a container is stopped by name, and of another tool's proxy is said what goes with it", () => {
  expect(containerHolder("web1", "shop-db")).toEqual({
    name: "the container shop-db",
    hint: "on web1: docker stop shop-db, or give our proxy other ports under proxy.run.http_port and https_port",
  });
  expect(containerHolder("web1", "kamal-proxy").hint).toMatch(/what kamal-proxy serves is not answered/);
  expect(containerHolder("web1", "traefik").hint).toMatch(/what traefik serves is not answered/);
});

test("a server that the system starts is turned off there, any other process is ended", () => {
  expect(processHolder("web1", "nginx", "812").hint).toContain("systemctl disable --now nginx");
  expect(processHolder("web1", "apache2", "7").hint).toContain("systemctl disable --now apache2");
  expect(processHolder("web1", "node", "4711")).toMatchObject({
    name: "the process node (pid 4711)",
    hint: expect.stringContaining("kill 4711"),
  });
});
