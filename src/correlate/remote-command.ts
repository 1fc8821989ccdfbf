import type { MoveMethod } from "./story.ts";

/** Where a command line goes, and as whom. */
export interface RemoteTarget {
  readonly target: string;
  readonly method: MoveMethod;
  readonly account?: string;
}

const MOST_CHARS = 1024;
const MOST_WORDS = 64;
/** Options of ssh, plink and putty that are followed by a value. */
const SSH_VALUES = new Set([
  "-p",
  "-i",
  "-l",
  "-L",
  "-R",
  "-D",
  "-o",
  "-pw",
  "-P",
  "-F",
  "-J",
  "-c",
  "-b",
  "-e",
  "-m",
  "-W",
  "-hostkey",
  "-load",
]);

/** Reads the destination from a command line of mstsc, ssh, plink, putty, psexec, winrs or wmic. */
export function remoteTarget(image: string, commandLine: string): RemoteTarget | undefined {
  const program = image.toLowerCase().replace(/^.*\\/s, "");
  const words = split(commandLine.slice(0, MOST_CHARS)).slice(1);
  if (program === "mstsc.exe") {
    const word = words.find((each) => /^[/-]v[:=]?/i.test(each));
    const target = word?.replace(/^[/-]v[:=]?/i, "") || words[words.indexOf(word ?? "") + 1];
    return word === undefined ? undefined : named(target, "RDP");
  }
  if (program === "ssh.exe" || program.startsWith("plink") || program.startsWith("putty"))
    return sshTarget(words);
  if (program.startsWith("psexec") || program.startsWith("paexec")) {
    const target = words.find((each) => each.startsWith("\\\\"));
    const user = words[words.findIndex((each) => /^[-/]u$/i.test(each)) + 1];
    return named(
      target?.replace(/^\\\\/, ""),
      "service",
      words.some((each) => /^[-/]u$/i.test(each)) ? user : undefined,
    );
  }
  if (program === "winrs.exe")
    return named(option(words, "r") ?? option(words, "remote"), "WinRM", option(words, "u"));
  if (program === "wmic.exe") return named(option(words, "node"), "WMI", option(words, "user"));
  return undefined;
}

function sshTarget(words: readonly string[]): RemoteTarget | undefined {
  let login: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === "-l") login = words[at + 1];
    if (SSH_VALUES.has(word)) at++;
    else if (!word.startsWith("-")) {
      const split = word.lastIndexOf("@");
      const user = split > 0 ? word.slice(0, split) : login;
      return named(word.slice(split + 1), "SSH", user);
    }
  }
  return undefined;
}

/** `/name:value`, `-name:value` or `/name value`. */
function option(words: readonly string[], name: string): string | undefined {
  for (const [at, word] of words.entries()) {
    if (word[0] !== "/" && word[0] !== "-") continue;
    const lower = word.slice(1).toLowerCase();
    if (lower === name) return words[at + 1];
    if (lower.startsWith(`${name}:`) || lower.startsWith(`${name}=`))
      return word.slice(name.length + 2);
  }
  return undefined;
}

function named(
  target: string | undefined,
  method: MoveMethod,
  account?: string,
): RemoteTarget | undefined {
  const clean = target?.replace(/^"|"$/g, "");
  if (clean === undefined || clean === "" || clean.includes(",")) return undefined;
  return { target: clean, method, ...(account && { account: account.replace(/^.*\\/s, "") }) };
}

/** Words of a command line; quotes hold spaces. */
function split(text: string): string[] {
  const words: string[] = [];
  let word = "";
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === " " || char === "\t")) {
      if (word !== "") words.push(word);
      word = "";
      if (words.length >= MOST_WORDS) break;
    } else word += char;
  }
  if (word !== "") words.push(word);
  return words;
}
