import type { Person, SignUpOptions, TestApp } from './app.ts';

/** Signs people up and confirms their address by the code from the mail. */
export const openVerified =
  ({ signUp, mailsTo }: TestApp) =>
  async (username: string, options: SignUpOptions = {}): Promise<Person> => {
    const person = await signUp(username, options);
    const mail = (await mailsTo(options.email ?? `${username}@example.com`)).at(-1);
    const { status } = await person.call('verifyEmail', { body: { code: mail?.code } });
    if (status !== 204) throw new Error(`the address of ${username} was not confirmed`);
    return person;
  };
