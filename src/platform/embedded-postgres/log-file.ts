import { closeSync, copyFileSync, fstatSync, openSync, readSync, statSync, truncateSync } from 'node:fs';

const maxBytes = 10 * 1024 * 1024;

/**
 * Keeps the messages of PostgreSQL to two files of about 10 MB. PostgreSQL appends to the file it inherited, so its text is
 * copied away and the file cut, not renamed.
 */
export function boundLogFile(logFile: string): void {
  try {
    if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) < maxBytes) return;
    try {
      copyFileSync(logFile, `${logFile}.1`);
    } finally {
      // Also when there was no room for the copy: then the cut is needed all the more.
      truncateSync(logFile);
    }
  } catch {
    // The server must not fall over its log; the next minute tries again.
  }
}

/** The end of the log, for messages about an end of PostgreSQL that nobody asked for. */
export function readLastWords(logFile: string): string {
  const wantedBytes = 2000;
  try {
    const file = openSync(logFile, 'r');
    try {
      const { size } = fstatSync(file);
      const buffer = Buffer.alloc(Math.min(size, wantedBytes));
      readSync(file, buffer, 0, buffer.length, size - buffer.length);
      return buffer.toString('utf8').trim().split('\n').slice(-6).join('\n');
    } finally {
      closeSync(file);
    }
  } catch {
    return '(no log)';
  }
}
