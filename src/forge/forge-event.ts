/** Value types that a field can be written as; names and bytes as in BinXML (MS-EVEN6 2.2.12). */
export type ForgeType =
  | "string"
  | "ansi"
  | "i8"
  | "u8"
  | "i16"
  | "u16"
  | "i32"
  | "u32"
  | "i64"
  | "u64"
  | "f32"
  | "f64"
  | "bool"
  | "binary"
  | "guid"
  | "pointer"
  | "filetime"
  | "systemtime"
  | "sid"
  | "hex32"
  | "hex64"
  | "strings";

export type PlainValue = string | number | bigint | boolean | Uint8Array | readonly string[] | null;

/** A value, or a value with the type it has to be written as. Without one the field's usual type is taken. */
export type ForgeValue = PlainValue | { readonly type: ForgeType; readonly value: PlainValue };

/** An element of a UserData tree. */
export interface ForgeElement {
  readonly name: string;
  readonly attributes?: readonly (readonly [name: string, value: ForgeValue])[];
  readonly children: readonly (ForgeElement | { readonly content: ForgeValue })[];
}

/** What follows System: named EventData, the unnamed strings of a classic provider, or a UserData tree. */
export type ForgePayload =
  | { readonly kind: "data"; readonly fields: readonly (readonly [name: string, ForgeValue])[] }
  | { readonly kind: "strings"; readonly strings: readonly string[]; readonly binary?: Uint8Array }
  | { readonly kind: "userData"; readonly root: ForgeElement };

/** What a collector adds to an event forwarded to it: its texts in one language. */
export interface Rendering {
  readonly culture: string;
  readonly message: string;
  readonly level?: string | undefined;
  readonly task?: string | undefined;
  readonly opcode?: string | undefined;
  readonly channel?: string | undefined;
  readonly provider?: string | undefined;
  readonly keywords?: readonly string[] | undefined;
}

/** One event to write. */
export interface ForgeEvent {
  /** FILETIME: 100 ns ticks since 1601-01-01 UTC. */
  readonly time: bigint;
  readonly computer: string;
  readonly channel: string;
  readonly provider: string;
  /** With or without braces; absent: no Guid attribute. */
  readonly providerGuid?: string | undefined;
  readonly id: number;
  /** Classic providers have qualifiers in place of a version. */
  readonly qualifiers?: number | undefined;
  readonly version?: number | undefined;
  readonly level?: number | undefined;
  readonly task?: number | undefined;
  readonly opcode?: number | undefined;
  readonly keywords?: bigint | undefined;
  /** EventRecordID; absent: one more than the event before. */
  readonly recordId?: bigint | undefined;
  readonly pid?: number | undefined;
  readonly tid?: number | undefined;
  readonly userSid?: string | undefined;
  readonly activityId?: string | undefined;
  readonly relatedActivityId?: string | undefined;
  readonly payload?: ForgePayload | undefined;
  /** Written in forwarded logs only. */
  readonly rendering?: Rendering | undefined;
}
