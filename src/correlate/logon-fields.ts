import type { Signal } from "../model/signal.ts";

/** Who proved the account of a logon (Security 4624): `NTLM`, `Kerberos` …; undefined where the record does not tell. */
export function authenticationOf(fields: Signal["fields"]): string | undefined {
  const name = (fields.AuthenticationPackageName ?? "").trim();
  const process = (fields.LogonProcessName ?? "").trim();
  if (process.toLowerCase() === "ntlmssp") return "NTLM";
  return name === "" || name === "-" ? undefined : name;
}

/** `0x8F21A0`, `0x00000000008f21a0` and 9380256 in hex text: one spelling. */
export function hexId(text: string | null | undefined): string | undefined {
  if (!text || text === "-" || text.length > 24) return undefined;
  if (/^0x[1-9a-f][0-9a-f]*$/.test(text)) return text;
  const digits = text.toLowerCase().replace(/^0x/, "").replace(/^0+/, "");
  return digits === "" ? undefined : `0x${digits}`;
}
