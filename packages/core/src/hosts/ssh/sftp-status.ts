/** Status codes of SFTP version 3 that mean something to us (draft-ietf-secsh-filexfer-02, section 7). */
export const SFTP_EOF = 1;
export const SFTP_NO_SUCH_FILE = 2;
export const SFTP_PERMISSION_DENIED = 3;
/** Everything else that went wrong; sshd also says so for a file that exists already, or a full disk. */
export const SFTP_FAILURE = 4;

/** Whether an error is that answer of the server. */
export function hasStatus(error: unknown, status: number): boolean {
  return error instanceof Error && "code" in error && error.code === status;
}
