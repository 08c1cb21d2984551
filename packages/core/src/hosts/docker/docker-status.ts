/** The HTTP status with which Docker refused; null when it was something else that failed. */
export function dockerStatus(error: unknown): number | null {
  if (error instanceof Error && "statusCode" in error && typeof error.statusCode === "number")
    return error.statusCode;
  return null;
}

/** Docker's own sentence, without the status that dockerode puts in front. */
export function dockerSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) .*? - /, "").trim();
}
