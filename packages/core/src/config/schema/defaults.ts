/**
 * What each key is where the file does not set it, as it would be written there (durations in
 * seconds). The schema shows these and `resolve/` applies them. They are Kamal 2's, so that a file
 * moved from there means the same.
 */
export const defaults = {
  primaryRole: "web",
  retainContainers: 5,
  readinessDelay: 7,
  deployTimeout: 30,
  drainTimeout: 30,
  appPort: 80,
  healthcheck: { path: "/up", interval: 1, timeout: 5 },
  responseTimeout: 30,
  buffering: { requests: true, responses: true, memory: 1_048_576, maxBody: 0 },
  requestHeaders: ["Cache-Control", "Last-Modified", "User-Agent"],
  httpPort: 80,
  httpsPort: 443,
  logMaxSize: "10m",
  dockerfile: "Dockerfile",
  driver: "docker-container",
  sshReconnect: 10,
  maxConcurrentStarts: 30,
  dnsRetries: 3,
  fileMode: "0755",
} as const;
