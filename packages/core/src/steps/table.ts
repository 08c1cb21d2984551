import type { Step, StepKind, StepOf } from "../plan/step.ts";
import { bake } from "./bake/bake.ts";
import { bringImage } from "./bring-image.ts";
import { createContainer } from "./create-container.ts";
import { createProxy } from "./create-proxy.ts";
import { drainOld } from "./drain-old.ts";
import { ensureNetwork } from "./ensure-network.ts";
import { freeName } from "./free-name.ts";
import { keepContainer } from "./keep-container.ts";
import { loadProxyImage } from "./load-proxy-image.ts";
import { markActive } from "./mark-active.ts";
import { noteLeftBehind } from "./note-left-behind.ts";
import { passGate } from "./pass-gate.ts";
import { pullImage } from "./pull-image.ts";
import { removeContainers } from "./remove-containers.ts";
import { removeImages } from "./remove-images.ts";
import { removeProxy } from "./remove-proxy.ts";
import { removeRecords } from "./remove-records.ts";
import { removeTemporaries } from "./remove-temporaries.ts";
import { replaceProxy } from "./replace-proxy.ts";
import { startContainer } from "./start-container.ts";
import { startProxy } from "./start-proxy.ts";
import { stayUp } from "./stay-up.ts";
import type { StepHandler } from "./step-handler.ts";
import { stopContainer } from "./stop-container.ts";
import { switchService } from "./switch-service.ts";
import { tagImage } from "./tag-image.ts";
import { writeRecord } from "./write-record.ts";

const handlers: { [K in StepKind]: StepHandler<StepOf<K>> } = {
  "ensure-network": ensureNetwork,
  "load-proxy-image": loadProxyImage,
  "create-proxy": createProxy,
  "start-proxy": startProxy,
  "replace-proxy": replaceProxy,
  "remove-proxy": removeProxy,
  "pull-image": pullImage,
  "bring-image": bringImage,
  "tag-image": tagImage,
  "write-record": writeRecord,
  "free-name": freeName,
  "create-container": createContainer,
  "start-container": startContainer,
  "pass-gate": passGate,
  "stay-up": stayUp,
  switch: switchService,
  "keep-container": keepContainer,
  "mark-active": markActive,
  "note-left-behind": noteLeftBehind,
  drain: drainOld,
  bake,
  "stop-container": stopContainer,
  "remove-containers": removeContainers,
  "remove-images": removeImages,
  "remove-records": removeRecords,
  "remove-temporaries": removeTemporaries,
};

/** What carries a step out. */
export function handlerOf<S extends Step>(step: S): StepHandler<S> {
  // TypeScript cannot follow that the table's entry for a step's own kind takes that step.
  return handlers[step.kind] as unknown as StepHandler<S>;
}
