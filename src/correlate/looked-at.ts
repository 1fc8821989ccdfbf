import { ownWords, type Phrase, say, type Text } from "../model/phrase.ts";
import { placeToLook } from "./lateral/move-words.ts";

/** A sentence on what is absent, with where and when it was looked for: absence has no records to cite. */
export function lookedAt(
  sentence: Text,
  hosts: readonly string[],
  channels: string,
  fromMs: number,
  toMs: number,
): Phrase {
  const says = typeof sentence === "string" ? ownWords(sentence) : sentence;
  return say`${says} ${placeToLook(hosts, channels, fromMs, toMs)}`;
}
