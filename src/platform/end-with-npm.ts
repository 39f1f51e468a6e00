const CHECK_MS = 250;

/**
 * npm hands a SIGTERM to the shell that runs us, and some shells, dash among them, die of it without a word to us: the
 * server would go on with nobody to end it. So when npm has started us and that shell is gone, we tell ourselves.
 */
export function endWithNpm(startedBy: string | undefined): void {
  if (startedBy !== 'start' && startedBy !== 'npx') return;
  const shell = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_MS).unref();
}
