import { type Bus, busGaps, createLocalBus, type Topic, topic } from './bus.ts';
import type { Redis } from './redis.ts';

const CHANNEL = 'soyamate:hints';
const RETRY_MS = 1_000;

/**
 * The bus of many nodes, over sharded pub/sub. Receivers of this node are called at once, whatever Redis does; other
 * nodes get what Redis carries. When something may have been lost, `busGaps` says so as soon as hints flow again: to
 * everyone when it was ours, to this node when it was theirs.
 */
export async function createRedisBus({ nodeId, commands, subscriber }: Redis): Promise<Bus> {
  const local = createLocalBus();
  let hasLost = false;

  const send = (name: string, message: unknown) => {
    if (!commands.isReady) {
      hasLost = true;
      return;
    }
    commands.sPublish(CHANNEL, `${nodeId} ${name} ${JSON.stringify(message)}`).catch(() => {
      hasLost = true;
    });
  };
  const confess = () => {
    if (!hasLost || !commands.isReady) return;
    hasLost = false;
    send(busGaps.name, {});
  };

  const receive = (text: string) => {
    if (text.startsWith(nodeId)) return;
    const nameAt = text.indexOf(' ') + 1;
    const messageAt = text.indexOf(' ', nameAt) + 1;
    local.publish(topic(text.slice(nameAt, messageAt - 1)), JSON.parse(text.slice(messageAt)) as unknown);
  };

  const isReady = subscriber.isReady;
  const subscribed = subscriber.sSubscribe(CHANNEL, receive).catch(() => undefined);
  if (isReady) await subscribed;
  // From now on this means that the connection was lost, or came late, and is back.
  subscriber.on('ready', () => local.publish(busGaps, {}));
  const timer = setInterval(confess, RETRY_MS).unref();

  return {
    publish<T>(subject: Topic<T>, message: T) {
      local.publish(subject, message);
      send(subject.name, message);
    },
    subscribe: (subject, handle) => local.subscribe(subject, handle),
    async close() {
      clearInterval(timer);
      await local.close();
    },
  };
}
