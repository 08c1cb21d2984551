/** A proxy of many apps: so many services, each with some hosts, each of these with some path prefixes. */
const services = 100;
const hostsOfEach = 5;
export const manyPrefixes = ["/", "/api"] as const;

/** The hosts of each service. With their prefixes they are 1,000 routes. */
export const manyServices: readonly { name: string; hosts: readonly string[] }[] = Array.from(
  { length: services },
  (_, service) => ({
    name: `service-${service}`,
    hosts: Array.from({ length: hostsOfEach }, (_, host) => `h${host}.s${service}.example.com`),
  }),
);

/** Lua for wrk: each request asks one of the hosts, each in its turn. */
export const manyServicesScript = `local turn = 0
request = function()
  turn = turn + 1
  wrk.headers["Host"] = string.format("h%d.s%d.example.com", turn % ${hostsOfEach}, turn % ${services})
  return wrk.format("GET", "/1k")
end
`;
