export type { AuditEntry } from "./audit/entry.ts";
export type { AuditResult } from "./commands/audit.ts";
export type {
  Architecture,
  Clock,
  CommandContext,
  HostFilter,
  LockWait,
  Random,
} from "./commands/context.ts";
export type { DeployOptions, RollbackOptions } from "./commands/deploy-options.ts";
export type {
  HeldLockFacts,
  LockAcquireOptions,
  LockChange,
  LockReleaseOptions,
  LockStatus,
} from "./commands/lock-options.ts";
export type {
  ContainerDetails,
  Details,
  DetailsOptions,
  ExecOptions,
  ExecResult,
  HostDetails,
  LogsOptions,
  Terminal,
  TrustFound,
  TrustOptions,
  TrustResult,
} from "./commands/look-options.ts";
export type { PlannedHost, PlanOptions, PlanResult } from "./commands/plan-result.ts";
export type {
  ProxyBootOptions,
  ProxyBootResult,
  ProxyDetails,
  ProxyDetailsOptions,
  ProxyHostDetails,
} from "./commands/proxy-options.ts";
export type { PruneResult } from "./commands/prune.ts";
export type { ReleasesResult } from "./commands/releases.ts";
export type { DeployResult, HostResult, RoleResult } from "./commands/result.ts";
export type { ScopeOptions } from "./commands/scope.ts";
export type { DeployEvent, EventSink } from "./events/event.ts";
export type { Change } from "./plan/changes.ts";
export type { Drift } from "./plan/drift.ts";
export type { KnownRelease } from "./release/history.ts";
