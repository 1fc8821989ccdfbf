import type { ForgeType } from "./forge-event.ts";

/** Types of fields by name: exact names first, then by ending. Everything else is a string. */
interface FieldTypes {
  readonly names: Readonly<Record<string, ForgeType>>;
  readonly endings: readonly (readonly [ending: string, type: ForgeType])[];
}

/**
 * How providers declare their fields in their manifests, as far as scenarios use them. A value that is not
 * of the declared type (a "-" in an address, a name in an id) is written as a string, as it stands.
 */
const BY_PROVIDER: Readonly<Record<string, FieldTypes>> = {
  "Microsoft-Windows-Security-Auditing": {
    names: {
      LogonType: "u32",
      KeyLength: "u32",
      ProcessId: "pointer",
      NewProcessId: "pointer",
      CallerProcessId: "pointer",
      HandleId: "pointer",
      ClientProcessId: "u32",
      ParentProcessId: "u32",
      TransmittedServices: "string",
      LogonGuid: "guid",
      TargetLogonGuid: "guid",
      TransactionId: "guid",
      SubjectLogonId: "hex64",
      TargetLogonId: "hex64",
      TargetLinkedLogonId: "hex64",
      LogonId: "hex64",
      Status: "hex32",
      SubStatus: "hex32",
      FailureCode: "hex32",
      TicketOptions: "hex32",
      TicketEncryptionType: "hex32",
      ServiceStartType: "u32",
      ServiceType: "hex32",
      AccessMask: "hex32",
      ServiceSid: "sid",
      PreviousTime: "filetime",
      NewTime: "filetime",
    },
    endings: [["Sid", "sid"]],
  },
  "Microsoft-Windows-Eventlog": {
    names: { SubjectUserSid: "sid", ClientProcessId: "u32" },
    endings: [],
  },
  "Microsoft-Windows-Sysmon": {
    names: {
      ProcessId: "u32",
      ParentProcessId: "u32",
      SourceProcessId: "u32",
      TargetProcessId: "u32",
      SourceThreadId: "u32",
      TerminalSessionId: "u32",
      ProcessGuid: "guid",
      ParentProcessGuid: "guid",
      LogonGuid: "guid",
      SourceProcessGUID: "guid",
      TargetProcessGUID: "guid",
      LogonId: "hex64",
      Initiated: "bool",
      SourceIsIpv6: "bool",
      DestinationIsIpv6: "bool",
      SourcePort: "u16",
      DestinationPort: "u16",
      GrantedAccess: "hex32",
    },
    endings: [],
  },
  "Microsoft-Windows-TerminalServices-LocalSessionManager": {
    names: { SessionID: "u32", Session: "u32", Reason: "u32", TargetSession: "u32", Source: "u32" },
    endings: [],
  },
  "Microsoft-Windows-TerminalServices-ClientActiveXCore": {
    names: { CustomLevel: "string" },
    endings: [],
  },
  "Microsoft-Windows-TaskScheduler": {
    names: {
      TaskInstanceId: "guid",
      InstanceId: "guid",
      ResultCode: "u32",
      EnginePID: "u32",
      ProcessID: "u32",
      ThreadID: "u32",
      Priority: "u32",
    },
    endings: [],
  },
  "Microsoft-Windows-Kernel-General": {
    names: {
      MajorVersion: "u32",
      MinorVersion: "u32",
      BuildVersion: "u32",
      QfeVersion: "u32",
      ServiceVersion: "u32",
      BootMode: "u32",
      StartTime: "filetime",
      StopTime: "filetime",
      NewTime: "filetime",
      OldTime: "filetime",
    },
    endings: [],
  },
  "Microsoft-Windows-WindowsUpdateClient": {
    names: {
      updateGuid: "guid",
      serviceGuid: "guid",
      updateRevisionNumber: "u32",
      errorCode: "hex32",
    },
    endings: [],
  },
  "Microsoft-Windows-GroupPolicy": {
    names: {
      SupportInfo1: "u32",
      SupportInfo2: "u32",
      ProcessingMode: "u32",
      ProcessingTimeInMilliseconds: "u32",
      PolicyElaspedTimeInSeconds: "u32",
      ErrorCode: "u32",
      IsMachine: "u32",
      IsDomainJoined: "bool",
    },
    endings: [],
  },
  "Microsoft-Windows-PowerShell": {
    names: { MessageNumber: "i32", MessageTotal: "i32" },
    endings: [],
  },
};

/** The type a field of a provider is declared as. */
export function declaredType(provider: string, field: string): ForgeType {
  const types = BY_PROVIDER[provider];
  if (types === undefined) return "string";
  if (Object.hasOwn(types.names, field)) return types.names[field]!;
  for (const [ending, type] of types.endings) if (field.endsWith(ending)) return type;
  return "string";
}
