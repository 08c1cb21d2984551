/** Whether one of several targets takes requests, by what its last probes showed. */
export interface ReplicaHealth {
  taken: boolean;
  /** Probes that failed one after another. */
  failures: number;
}

/** How many probes have to fail before a replica is taken out: one may be lost to a busy moment. */
const failuresToLeave = 2;

export const wellReplica: ReplicaHealth = { taken: true, failures: 0 };

/** The health of a replica after a probe. One that passes again takes requests at once. */
export function replicaAfter(health: ReplicaHealth, passed: boolean): ReplicaHealth {
  if (passed) return wellReplica;
  const failures = health.failures + 1;
  return { taken: health.taken && failures < failuresToLeave, failures };
}
