import { expect, test } from "vitest";
import { defaultInterface } from "./mtu.ts";

test("the interface of the default route is found among others", () => {
  const routes = [
    "Iface\tDestination\tGateway\tFlags",
    "docker0\t000011AC\t00000000\t0001",
    "eth0\t00000000\t010200C0\t0003",
  ].join("\n");
  expect(defaultInterface(routes)).toBe("eth0");
});

test("a machine without a default route has none", () => {
  expect(defaultInterface("Iface\tDestination\tGateway\tFlags\n")).toBeNull();
});
