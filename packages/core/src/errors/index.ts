export { catalogue, type ErrorCode } from "./catalogue.ts";
export { DeployError, type ErrorFacts, type LeftState } from "./deploy-error.ts";
