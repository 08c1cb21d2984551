export const serverNames = ["cutover", "nginx", "haproxy", "floor", "origin"] as const;
export type ServerName = (typeof serverNames)[number];

/** Where each server listens on loopback. */
export const ports: Record<ServerName, { http: number; https: number }> = {
  origin: { http: 4600, https: 4610 },
  nginx: { http: 4601, https: 4611 },
  haproxy: { http: 4602, https: 4612 },
  cutover: { http: 4603, https: 4613 },
  floor: { http: 4606, https: 4616 },
};

/** Where what echoes WebSocket messages listens; behind each proxy it is `/echo`. */
export const echoPort = 4605;
