/** How many times as often the attacks try as in a usual run: `ATTACK_SCALE=50 npm run test:slow` for a long night. */
export const attackScale = Math.max(1, Math.floor(Number(process.env.ATTACK_SCALE ?? 1)));
