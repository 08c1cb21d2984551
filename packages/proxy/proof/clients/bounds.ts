/** What the proxy may hold at the most, in MB: 110 as it is, and 15 KB for each connection. */
export function memoryBoundMb(connections: number): number {
  return 110 + (connections * 15) / 1_024;
}
