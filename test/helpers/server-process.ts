import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

export type ServerProcess = {
  url: string;
  process: ChildProcess;
  /** Sends the signal and resolves with the exit code, or the signal that ended the process. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
  output(): string;
};

/** The real program in a process of its own; it ends with the test at the latest. */
export async function startServer(environment: Record<string, string>): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { PORT: '0', LOG_LEVEL: 'info', RATE_LIMITS: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const ended = exited.then(([code, signal]) => code ?? signal);
  onTestFinished(() => void child.kill('SIGKILL'));
  const ready = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        const url = /API +(http:\S+)\/v1/.exec(output)?.[1];
        if (url) resolve(url);
      });
    }
  });
  const failed = ended.then((code) => {
    throw new Error(`the server ended with ${code}:\n${output}`);
  });
  failed.catch(() => {});
  return {
    url: await Promise.race([ready, failed]),
    process: child,
    output: () => output,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
