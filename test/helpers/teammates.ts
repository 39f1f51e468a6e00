import type { Person } from './app.ts';

/** Two people become teammates as people do: one asks, the other says yes. */
export async function makeTeammates(asking: Person, asked: Person): Promise<void> {
  const request = await asking.call('createTeammateRequest', { body: { userId: asked.userId } });
  const params = { requestId: String(request.body.requestId) };
  const { status } = await asked.call('acceptTeammateRequest', { params });
  if (status !== 200) throw new Error(`${asked.username} did not become a teammate of ${asking.username}`);
}
