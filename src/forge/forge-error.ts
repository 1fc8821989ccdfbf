/** What of an event or a scenario cannot be written; codes are public: add, do not rename. */
export type ForgeErrorCode =
  | "badTime"
  | "badValue"
  | "badGuid"
  | "badSid"
  | "nameTooLong"
  | "textTooLong"
  | "valueTooLong"
  | "eventTooLarge"
  | "recordIdNotRising"
  | "alreadyFinished"
  | "cannotCopy"
  | "badScenario";

/** A refusal to write, with what is wrong and where. */
export class ForgeError extends Error {
  override readonly name = "ForgeError";
  readonly code: ForgeErrorCode;
  /** What is wrong, without the place. */
  readonly what: string;
  /** The event, field or line, as a reader would name it; empty where the caller adds it. */
  readonly where: string;
  readonly fix: string | undefined;

  constructor(code: ForgeErrorCode, what: string, where = "", fix?: string) {
    super(`${where === "" ? "" : `${where}: `}${what}${fix === undefined ? "" : ` (${fix})`}`);
    this.code = code;
    this.what = what;
    this.where = where;
    this.fix = fix;
  }
}
