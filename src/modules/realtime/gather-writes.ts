import type { Socket } from 'node:net';

const MAX_GATHERED_BYTES = 65_536;
/** Nobody notices so much, and frames of many chats or of one that is very busy come together in it. */
const MAX_PAUSE_MS = 20;

/** Holds back what is written to the socket from now on, for a moment. */
export type GatherWrites = (tcp: Socket) => void;

/**
 * Frames for one socket that come at the same time leave in one system call, unless they are a lot. Usually that is the
 * end of the turn of the event loop. When letting go took long, as with a message for a thousand readers, the next time
 * is not before as long a pause, so that at most half of the time goes into system calls and what comes meanwhile
 * shares them.
 */
export function createGatherer(): GatherWrites {
  let held: Socket[] = [];
  let lastRelease = { endedAt: 0, tookMs: 0 };

  const release = () => {
    const startedAt = performance.now();
    const some = held;
    held = [];
    for (const tcp of some) tcp.uncork();
    const endedAt = performance.now();
    lastRelease = { endedAt, tookMs: endedAt - startedAt };
  };

  return (tcp) => {
    if (tcp.writableCorked > 0) {
      if (tcp.writableLength > MAX_GATHERED_BYTES) tcp.uncork();
      return;
    }
    tcp.cork();
    if (held.push(tcp) > 1) return;
    const pauseMs = Math.min(lastRelease.tookMs, MAX_PAUSE_MS) - (performance.now() - lastRelease.endedAt);
    if (pauseMs < 1) setImmediate(release);
    else setTimeout(release, pauseMs);
  };
}
