/** What OpenSSH says of one authentication. */
export interface SshLine {
  readonly accepted: boolean;
  readonly method: string;
  readonly user: string;
  readonly invalidUser: boolean;
  readonly address: string;
}

const MOST_CHARS = 1024;

/** `Accepted password for user from 192.0.2.7 port 51122 ssh2`; the user's name may hold anything, so it is read from both ends. */
export function parseSshLine(payload: string): SshLine | undefined {
  const text = payload.slice(0, MOST_CHARS);
  const accepted = text.startsWith("Accepted ");
  if (!accepted && !text.startsWith("Failed ")) return undefined;
  const words = text.split(" ");
  const [, method = "", preposition] = words;
  const from = words.lastIndexOf("from");
  if (preposition !== "for" || from < 4 || words[from + 2] !== "port") return undefined;
  const invalidUser = words[3] === "invalid" && words[4] === "user" && from > 5;
  return {
    accepted,
    method,
    user: words.slice(invalidUser ? 5 : 3, from).join(" "),
    invalidUser,
    address: words[from + 1] ?? "",
  };
}
