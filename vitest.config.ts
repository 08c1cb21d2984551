import { defineConfig } from "vitest/config";

/** What is polled for comes at once, or as late as a machine lets it that is at work elsewhere. vitest gives it a second. */
const expectation = { poll: { timeout: 20_000 } };

/** How many files of integration tests run side by side, and how many sandboxes there are. `scripts/gate/integration.ts` decides. */
const workers = Number(process.env["CUTOVER_TEST_WORKERS"] || 1);

/**
 * Three projects: `unit` needs nothing but Node; `integration` needs a Docker engine. Its files run
 * side by side, each worker with a sandbox of its own; `proof` is the same, one file after another, for
 * stories that wait out real time limits, and is run by hand.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "packages/*/{src,build,proof}/**/*.test.ts",
            "scripts/**/*.test.ts",
            "bench/**/*.test.ts",
            "test/proof/**/*.test.ts",
          ],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
          // A third of the time. No test changes what belongs to all: such things are passed in.
          isolate: false,
          // vitest leaves a core to itself by default, which on two cores is half of them.
          maxWorkers: "100%",
          // Node runs the tests as it runs the sources: nothing has to be transformed, which took a tenth of the time.
          experimental: { viteModuleRunner: false, nodeLoader: false },
          // On a machine that is at work elsewhere all take longer, and none is wrong for it.
          testTimeout: 30_000,
          // What is polled for here is in this process: asking is cheap, and 50 ms, which vitest waits, are long.
          expect: { poll: { ...expectation.poll, interval: 5 } },
        },
      },
      {
        test: {
          name: "integration",
          include: ["packages/*/{src,proof}/**/*.integration.test.ts", "test/*.integration.test.ts"],
          globalSetup: "test/global-setup.ts",
          experimental: { viteModuleRunner: false, nodeLoader: false },
          maxWorkers: workers,
          expect: expectation,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: "proof",
          include: ["test/proof/*.integration.test.ts"],
          globalSetup: "test/global-setup.ts",
          fileParallelism: false,
          expect: expectation,
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
