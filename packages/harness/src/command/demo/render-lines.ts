import { type DemoEvent, type DemoSink, type StageResult, stageNames } from "./event.ts";
import { type Colors, checkLine, closingLines, trafficReportLines } from "./words.ts";

/** Narrow enough for a log that is read in a browser. */
const STRIP_WIDTH = 72;

/** Plain lines, each as it happens, for where there is no terminal. */
export function linesRenderer(print: (line: string) => void, colors: Colors): DemoSink {
  const stages: StageResult[] = [];
  return (event) => {
    if (event.type === "stage.ended") stages.push(event);
    for (const line of linesOf(event, stages, colors)) print(line);
  };
}

/** The lines that an event adds to the timeline; `stages` are those that have ended. */
export function linesOf(event: DemoEvent, stages: readonly StageResult[], colors: Colors): string[] {
  switch (event.type) {
    case "note":
      return [`   ${colors.dim(event.text)}`];
    case "stage.started":
      return ["", colors.bold(`${stageNames.indexOf(event.name) + 1}  ${event.title}`)];
    case "part":
      return event.state === "healthy" ? [`   ${event.part.padEnd(14)}${seconds(event.ms)}`] : [];
    case "command":
      return [`   ${colors.cyan(`$ ${event.command}`)}`];
    case "output":
      return [`   ${colors.dim("│")} ${event.text}`];
    case "traffic.progress":
      return [];
    case "traffic.report":
      return trafficReportLines(event.report, STRIP_WIDTH, colors).map((line) => `   ${line}`);
    case "check":
      return [`   ${checkLine(event, colors)}`];
    case "stage.ended":
      return [colors.dim(`   ${seconds(event.ms)}`)];
    case "summary":
      return closingLines(event, stages, colors);
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
