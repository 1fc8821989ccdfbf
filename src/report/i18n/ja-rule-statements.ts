/**
 * What konseki's rules say of a hit, by the rule's title: the rule's own template and the same in Japanese.
 * Both hold the same places; `statementIn` finds the values by the first and puts them into the second.
 */
export const JA_RULE_STATEMENTS: Readonly<
  Record<string, readonly [template: string, ja: string, events?: Readonly<Record<string, string>>]>
> = {
  "Access rights of admin accounts were reset by the directory": [
    "The directory reset the access rights of {TargetUserName}, a member of an admin group.",
    "ディレクトリが管理者グループのメンバー {TargetUserName} のアクセス権を再設定しました。",
  ],
  "Access rights of the domain object changed": [
    "{SubjectDomainName}\\{SubjectUserName} replaced the access rights of {ObjectDN}.",
    "{SubjectDomainName}\\{SubjectUserName} が {ObjectDN} のアクセス権を置き換えました。",
  ],
  "Access without logon allowed over the network": [
    "{Image} set {TargetObject} to {Details}.",
    "{Image} が {TargetObject} を {Details} に設定しました。",
  ],
  "Account created or put into Administrators by command": [
    "Accounts or groups were changed by command: {CommandLine}",
    "コマンドによりアカウントまたはグループが変更されました: {CommandLine}",
  ],
  "Account database of the host written directly": [
    "{Image} wrote {TargetObject} in the account database.",
    "{Image} がアカウントデータベースの {TargetObject} を書き込みました。",
  ],
  "Account locked out": [
    "{TargetUserName} was locked out by attempts from {TargetDomainName}.",
    "{TargetUserName} が {TargetDomainName} からの試行によりロックアウトされました。",
  ],
  "Account set so that its password is easier to get": [
    "{SubjectDomainName}\\{SubjectUserName} weakened the authentication of {TargetUserName} (flags {UserAccountControl}).",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetUserName} の認証を弱めました (フラグ {UserAccountControl})。",
  ],
  "Account trusted for delegation": [
    "{SubjectDomainName}\\{SubjectUserName} allowed {TargetUserName} to delegate ({UserAccountControl} {AllowedToDelegateTo}).",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetUserName} に委任を許可しました ({UserAccountControl} {AllowedToDelegateTo})。",
  ],
  "Administrative share opened from another host": [
    "{SubjectDomainName}\\{SubjectUserName} opened {ShareName} from {IpAddress}.",
    "{SubjectDomainName}\\{SubjectUserName} が {IpAddress} から {ShareName} を開きました。",
  ],
  "Anonymous network logon from another host": [
    "An anonymous session came from {IpAddress} ({WorkstationName}).",
    "{IpAddress} ({WorkstationName}) から匿名セッションがありました。",
  ],
  "Application shim installed": [
    "A compatibility shim was installed or used: {CommandLine}{ExePath}{Details}",
    "互換性シムがインストールまたは使用されました: {CommandLine}{ExePath}{Details}",
  ],
  "Attribute written that lets one account act as another": [
    "{SubjectDomainName}\\{SubjectUserName} wrote {AttributeLDAPDisplayName} of {ObjectDN}.",
    "{SubjectDomainName}\\{SubjectUserName} が {ObjectDN} の {AttributeLDAPDisplayName} を書き込みました。",
  ],
  "Audit events dropped or not written": [
    "The event logging service {EventID}.",
    "イベントログサービスが{EventID}。",
    {
      "dropped audit events": "監査イベントを破棄しました",
      "could not write an event": "イベントを書き込めませんでした",
    },
  ],
  "Audit policy changed": [
    "{SubjectDomainName}\\{SubjectUserName} changed the audit policy of subcategory {SubcategoryGuid} ({AuditPolicyChanges}).",
    "{SubjectDomainName}\\{SubjectUserName} がサブカテゴリ {SubcategoryGuid} の監査ポリシーを変更しました ({AuditPolicyChanges})。",
  ],
  "Audit policy emptied or weakened by command": [
    "Auditing was taken back by command: {CommandLine}",
    "コマンドにより監査が解除されました: {CommandLine}",
  ],
  "Auditing switched off by an account": [
    "{SubjectDomainName}\\{SubjectUserName} switched off auditing of subcategory {SubcategoryGuid} ({AuditPolicyChanges}).",
    "{SubjectDomainName}\\{SubjectUserName} がサブカテゴリ {SubcategoryGuid} の監査を無効化しました ({AuditPolicyChanges})。",
  ],
  "Autostart entry written through the remote registry or WMI": [
    "{Image} wrote {TargetObject} ({Details}) on behalf of somebody elsewhere.",
    "{Image} が他所からの要求により {TargetObject} ({Details}) を書き込みました。",
  ],
  "Boot protection switched off": [
    "Boot protection was switched off (event {EventID}).",
    "起動保護が無効化されました (イベント {EventID})。",
  ],
  "Browser started a shell or script host": [
    "{ParentImage}{ParentProcessName} started {CommandLine}",
    "{ParentImage}{ParentProcessName} が次を起動しました: {CommandLine}",
  ],
  "Built-in Guest account enabled": [
    "{SubjectDomainName}\\{SubjectUserName} enabled the Guest account {TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} がGuestアカウント {TargetUserName} を有効化しました。",
  ],
  "COM object registered for a user with a file in an odd place": [
    "{Image} registered {Details} for {TargetObject}.",
    "{Image} が {TargetObject} に {Details} を登録しました。",
  ],
  "Certificate requested or issued for an account named in the request": [
    "{Requester} asked for a certificate with the attributes {Attributes} (event {EventID}).",
    "{Requester} が属性 {Attributes} の証明書を要求しました (イベント {EventID})。",
  ],
  "Change journal deleted": [
    "The change journal of a volume was deleted: {CommandLine}",
    "ボリュームの変更ジャーナルが削除されました: {CommandLine}",
  ],
  "Changes of the directory read with a replication right": [
    "{SubjectDomainName}\\{SubjectUserName} used the right to follow the changes of the directory.",
    "{SubjectDomainName}\\{SubjectUserName} がディレクトリの変更を追跡する権限を使用しました。",
  ],
  "Command entered into the update orchestrator": [
    "{TargetObject} was set to {Details}.",
    "{TargetObject} が {Details} に設定されました。",
  ],
  "Command shell in place of an accessibility program": [
    "A shell ran in place of an accessibility program: {CommandLine}",
    "アクセシビリティ機能の代わりにシェルが実行されました: {CommandLine}",
  ],
  "Command shell of the database server enabled or tried": [
    "xp_cmdshell was changed, used or tried (event {EventID}): {Data}",
    "xp_cmdshellの変更、使用または試行がありました (イベント {EventID}): {Data}",
  ],
  "Command started through DCOM": [
    "A DCOM component started {CommandLine}",
    "DCOMコンポーネントが次を起動しました: {CommandLine}",
  ],
  "Command started through WMI": [
    "WMI started {CommandLine}",
    "WMIが次を起動しました: {CommandLine}",
  ],
  "Command started through Windows Remote Management": [
    "A remote management session started {CommandLine}",
    "遠隔管理セッションが次を起動しました: {CommandLine}",
  ],
  "Command started to be impersonated over a named pipe": [
    "A command wrote to a named pipe to be impersonated: {CommandLine}",
    "偽装を目的として名前付きパイプに書き込むコマンドが実行されました: {CommandLine}",
  ],
  "Command that copies the account database": [
    "A command that copies the account database was started: {CommandLine}",
    "アカウントデータベースを複製するコマンドが実行されました: {CommandLine}",
  ],
  "Command that dumps the memory of LSASS": [
    "A command to copy secrets out of memory was started: {CommandLine}",
    "メモリーから秘密情報をコピーするコマンドが実行されました: {CommandLine}",
  ],
  "Command that works on another host": [
    "A command for another host was started: {CommandLine}",
    "他ホストに対するコマンドが実行されました: {CommandLine}",
  ],
  "Command whose output goes to an administrative share of the host itself": [
    "A remote execution tool ran a command: {CommandLine}",
    "遠隔実行ツールがコマンドを実行しました: {CommandLine}",
  ],
  "Computer account changed by a person's account": [
    "{SubjectDomainName}\\{SubjectUserName} changed the computer account {TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} がコンピューターアカウント {TargetUserName} を変更しました。",
  ],
  "Computer account changed in an anonymous session": [
    "An anonymous session changed the computer account {TargetDomainName}\\{TargetUserName} (password set {PasswordLastSet}).",
    "匿名セッションがコンピューターアカウント {TargetDomainName}\\{TargetUserName} を変更しました (パスワード設定日時 {PasswordLastSet})。",
  ],
  "Computer account created by a person's account": [
    "{SubjectDomainName}\\{SubjectUserName} created the computer account {TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} がコンピューターアカウント {TargetUserName} を作成しました。",
  ],
  "Computer account given the service names of a domain controller (DCShadow)": [
    "{SubjectDomainName}\\{SubjectUserName} gave {TargetUserName}{ObjectDN} the service names of a domain controller.",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetUserName}{ObjectDN} にドメインコントローラーのサービス名を付与しました。",
  ],
  "Computer account logged on with NTLM": [
    "The computer account {TargetDomainName}\\{TargetUserName} logged on with NTLM from {IpAddress} ({WorkstationName}).",
    "コンピューターアカウント {TargetDomainName}\\{TargetUserName} が {IpAddress} ({WorkstationName}) からNTLMでログオンしました。",
  ],
  "Computer account renamed to a name without dollar sign": [
    "{SubjectDomainName}\\{SubjectUserName} renamed the computer account {OldTargetUserName} to {NewTargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} がコンピューターアカウント {OldTargetUserName} の名前を {NewTargetUserName} に変更しました。",
  ],
  "Copy of the directory database made or attached": [
    "The database engine worked on a copy of the directory database: {Data}",
    "データベースエンジンがディレクトリデータベースの複製を操作しました: {Data}",
  ],
  "Copy tool for cloud storage started": [
    "A bulk copy tool was started: {CommandLine}",
    "大量コピーツールが実行されました: {CommandLine}",
  ],
  "Crash of the event log service reported": [
    "The event log service crashed ({CommandLine}).",
    "イベントログサービスが異常終了しました ({CommandLine})。",
  ],
  "Creation time of a program changed": [
    "{Image} set the creation time of {TargetFilename} from {PreviousCreationUtcTime} to {CreationUtcTime}.",
    "{Image} が {TargetFilename} の作成日時を {PreviousCreationUtcTime} から {CreationUtcTime} に変更しました。",
  ],
  "DCOM component that runs commands refused to another host": [
    "The DCOM component {param4} was refused to {param6}\\{param7} from {param9}.",
    "DCOMコンポーネント {param4} への {param9} からの {param6}\\{param7} のアクセスが拒否されました。",
  ],
  "Database logon refused": [
    "SQL Server refused a logon: {Data}",
    "SQL Serverがログオンを拒否しました: {Data}",
  ],
  "Database server started a command": [
    "SQL Server started {CommandLine}",
    "SQL Serverが次を起動しました: {CommandLine}",
  ],
  "Debug privilege enabled by an odd program": [
    "{ProcessName}, run by {SubjectDomainName}\\{SubjectUserName}, enabled {EnabledPrivilegeList}.",
    "{SubjectDomainName}\\{SubjectUserName} が実行した {ProcessName} が {EnabledPrivilegeList} を有効化しました。",
  ],
  "Defender or firewall switched off by command": [
    "Protection was weakened by command: {CommandLine}{Path}{ScriptBlockText}",
    "コマンドにより保護が弱められました: {CommandLine}{Path}{ScriptBlockText}",
  ],
  "Defender or firewall switched off in the registry": [
    "{Image} set {TargetObject} to {Details}.",
    "{Image} が {TargetObject} を {Details} に設定しました。",
  ],
  "Desktop shell reached from another host": [
    "The desktop shell accepted a connection ({SourceIp}:{SourcePort} - {DestinationIp}:{DestinationPort}).",
    "デスクトップシェルが接続を受け付けました ({SourceIp}:{SourcePort} - {DestinationIp}:{DestinationPort})。",
  ],
  "Directory replication right used by a computer or synchronisation account": [
    "{SubjectDomainName}\\{SubjectUserName} used a replication right of the directory.",
    "{SubjectDomainName}\\{SubjectUserName} がディレクトリの複製権限を使用しました。",
  ],
  "Directory replication right used by an account that is no domain controller (DCSync)": [
    "{SubjectDomainName}\\{SubjectUserName} used a replication right of the directory, with which every password hash can be read.",
    "{SubjectDomainName}\\{SubjectUserName} がディレクトリの複製権限を使用しました。この権限ではすべてのパスワードハッシュを読み取れます。",
  ],
  "Domain, admins or rights listed by command": [
    "The domain or rights were listed: {CommandLine}",
    "ドメインまたは権限が列挙されました: {CommandLine}",
  ],
  "Driver written by a program in a user's folder": [
    "{Image} wrote the driver {TargetFilename}.",
    "{Image} がドライバー {TargetFilename} を書き込みました。",
  ],
  "Elevated program of Windows started something out of the ordinary": [
    "{ParentImage}{ParentProcessName} started {CommandLine}",
    "{ParentImage}{ParentProcessName} が次を起動しました: {CommandLine}",
  ],
  "Event log cleared": [
    "{SubjectDomainName}\\{SubjectUserName} cleared the log {Channel}.",
    "{SubjectDomainName}\\{SubjectUserName} がログ {Channel} を消去しました。",
  ],
  "Event log file deleted": [
    "An event log file was deleted: {TargetFilename}{CommandLine}",
    "イベントログファイルが削除されました: {TargetFilename}{CommandLine}",
  ],
  "Event log service reached from another host": [
    "{SubjectDomainName}\\{SubjectUserName} opened the event log pipe from {IpAddress}.",
    "{SubjectDomainName}\\{SubjectUserName} が {IpAddress} からイベントログのパイプを開きました。",
  ],
  "Event log service stopped or crashed": [
    "The event log service ({param1}) {EventID}.",
    "イベントログサービス ({param1}) が{EventID}しました。",
    { stopped: "停止", "ended unexpectedly": "異常終了" },
  ],
  "Event log switched off or shrunk by command": [
    "A command that switches logging off or limits it was started: {CommandLine}",
    "ログ記録を無効化または制限するコマンドが実行されました: {CommandLine}",
  ],
  "Event log that holds evidence cleared": [
    "{SubjectDomainName}\\{SubjectUserName} cleared the log {Channel}.",
    "{SubjectDomainName}\\{SubjectUserName} がログ {Channel} を消去しました。",
  ],
  "Event logging service shut down": [
    "The event logging service shut down.",
    "イベントログサービスが終了しました。",
  ],
  "Event logs cleared by command": [
    "A command that empties event logs was started: {CommandLine}",
    "イベントログを空にするコマンドが実行されました: {CommandLine}",
  ],
  "Explicit credentials used on the host": [
    "{SubjectDomainName}\\{SubjectUserName} used the credentials of {TargetDomainName}\\{TargetUserName} on this host with {ProcessName}.",
    "{SubjectDomainName}\\{SubjectUserName} がこのホスト上で {ProcessName} により {TargetDomainName}\\{TargetUserName} の資格情報を使用しました。",
  ],
  "Explicit credentials used towards another host": [
    "{SubjectDomainName}\\{SubjectUserName} used the credentials of {TargetDomainName}\\{TargetUserName} towards {TargetServerName} ({TargetInfo}) with {ProcessName}.",
    "{SubjectDomainName}\\{SubjectUserName} が {ProcessName} により {TargetServerName} ({TargetInfo}) に対して {TargetDomainName}\\{TargetUserName} の資格情報を使用しました。",
  ],
  "File put into a startup folder": [
    "{Image} put {TargetFilename} into a startup folder.",
    "{Image} がスタートアップフォルダーに {TargetFilename} を置きました。",
  ],
  "File with a dump of secrets written": [
    "{Image} wrote {TargetFilename}.",
    "{Image} が {TargetFilename} を書き込みました。",
  ],
  "Firewall profile switched off": [
    "The firewall was switched off for profile {Profiles} by {ModifyingUser} with {ModifyingApplication}.",
    "プロファイル {Profiles} のファイアウォールが {ModifyingUser} により {ModifyingApplication} で無効化されました。",
  ],
  "Folder that imitates the Windows folder": [
    "A folder imitates the Windows folder: {TargetFilename}{CommandLine}",
    "Windowsフォルダーを模倣するフォルダーがあります: {TargetFilename}{CommandLine}",
  ],
  "Global object or per-user auditing changed": [
    "{SubjectDomainName}\\{SubjectUserName} changed {EventID}.",
    "{SubjectDomainName}\\{SubjectUserName} が{EventID}を変更しました。",
    {
      "the auditing of objects of the whole host": "ホスト全体のオブジェクトの監査",
      "the auditing of single users": "ユーザー単位の監査",
    },
  ],
  "Group Policy given a scheduled task or script": [
    "{SubjectDomainName}\\{SubjectUserName} gave tasks or scripts to the policy {ObjectDN}.",
    "{SubjectDomainName}\\{SubjectUserName} がポリシー {ObjectDN} にタスクまたはスクリプトを追加しました。",
  ],
  "Handle to LSASS with the right to read its memory": [
    "{ProcessName}, run by {SubjectDomainName}\\{SubjectUserName}, asked to read the memory of LSASS ({AccessMask}).",
    "{SubjectDomainName}\\{SubjectUserName} が実行した {ProcessName} がLSASSのメモリー読み取りを要求しました ({AccessMask})。",
  ],
  "Image of a process replaced in memory": [
    "The image of {Image} was replaced in memory ({Type}).",
    "{Image} のイメージがメモリー上で置き換えられました ({Type})。",
  ],
  "Installer package fetched from the web": [
    "A package was installed from {Data}.",
    "{Data} からパッケージがインストールされました。",
  ],
  "Keeping of clear text passwords in memory switched on": [
    "{Image} set {TargetObject} to {Details}.",
    "{Image} が {TargetObject} を {Details} に設定しました。",
  ],
  "Kerberos logon of the built-in Administrator from the host to itself": [
    "{TargetDomainName}\\{TargetUserName} logged on with Kerberos from the host itself (port {IpPort}).",
    "{TargetDomainName}\\{TargetUserName} が自ホストからKerberosでログオンしました (ポート {IpPort})。",
  ],
  "Kerberos logon with RC4": [
    "{TargetUserName} logged on with RC4 from {IpAddress}.",
    "{TargetUserName} が {IpAddress} からRC4でログオンしました。",
  ],
  "Kerberos ticket issued without pre-authentication": [
    "{TargetUserName} got a ticket from {IpAddress} without pre-authentication (encryption {TicketEncryptionType}).",
    "{TargetUserName} が {IpAddress} から事前認証なしでチケットを取得しました (暗号化方式 {TicketEncryptionType})。",
  ],
  "LSASS loaded a library from elsewhere": [
    "LSASS loaded {ImageLoaded} (signed {Signed}).",
    "LSASSが {ImageLoaded} を読み込みました (署名: {Signed})。",
  ],
  "LSASS watched by the process exit monitor": [
    "LSASS is watched for its exit: {TargetObject}{param2}",
    "LSASSの終了が監視対象に設定されています: {TargetObject}{param2}",
  ],
  "Library with the name of a Windows library written to a user's folder": [
    "{Image} wrote {TargetFilename}.",
    "{Image} が {TargetFilename} を書き込みました。",
  ],
  "Local account created or its password reset, seen in the registry": [
    "A local account was created or reset: {TargetObject}",
    "ローカルアカウントが作成または再設定されました: {TargetObject}",
  ],
  "Logging disabled in the registry": [
    "{Image} set {TargetObject} to {Details}, which stops logging.",
    "{Image} が {TargetObject} を {Details} に設定し、これによりログ記録が止まります。",
  ],
  "Logging policy deleted from the registry": [
    "{Image} deleted {TargetObject}, a setting that keeps logging on.",
    "{Image} がログ記録を維持する設定 {TargetObject} を削除しました。",
  ],
  "Logon over RDP from another host": [
    "{TargetDomainName}\\{TargetUserName} logged on over RDP from {IpAddress} ({WorkstationName}).",
    "{TargetDomainName}\\{TargetUserName} が {IpAddress} ({WorkstationName}) からRDPでログオンしました。",
  ],
  "Logon over RDP from the host itself (tunnel)": [
    "{TargetDomainName}\\{TargetUserName} logged on over RDP from {IpAddress}, which is the host itself; the connection was tunnelled.",
    "{TargetDomainName}\\{TargetUserName} が自ホストである {IpAddress} からRDPでログオンしました。接続はトンネルを経由しています。",
  ],
  "Logon through the SSH server": [
    "{TargetDomainName}\\{TargetUserName} logged on through the SSH server (type {LogonType}).",
    "{TargetDomainName}\\{TargetUserName} がSSHサーバーを通じてログオンしました (種別 {LogonType})。",
  ],
  "Logon with other credentials for the network only": [
    "{SubjectDomainName}\\{SubjectUserName} took credentials of {TargetOutboundDomainName}\\{TargetOutboundUserName} for the network.",
    "{SubjectDomainName}\\{SubjectUserName} がネットワーク用に {TargetOutboundDomainName}\\{TargetOutboundUserName} の資格情報を使用しました。",
  ],
  "Logon with sensitive privileges": [
    "{SubjectDomainName}\\{SubjectUserName} logged on with sensitive privileges.",
    "{SubjectDomainName}\\{SubjectUserName} が機微な特権でログオンしました。",
  ],
  "Member added to a group that may log on remotely": [
    "{SubjectDomainName}\\{SubjectUserName} added {MemberName}{MemberSid} to {TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetUserName} に {MemberName}{MemberSid} を追加しました。",
  ],
  "Member added to a group that rules the domain": [
    "{SubjectDomainName}\\{SubjectUserName} added {MemberName}{MemberSid} to {TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetUserName} に {MemberName}{MemberSid} を追加しました。",
  ],
  "Member added to a powerful built-in group": [
    "{SubjectDomainName}\\{SubjectUserName} added {MemberName}{MemberSid} to {TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetUserName} に {MemberName}{MemberSid} を追加しました。",
  ],
  "Member added to the local Administrators group": [
    "{SubjectDomainName}\\{SubjectUserName} added {MemberName}{MemberSid} to {TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetUserName} に {MemberName}{MemberSid} を追加しました。",
  ],
  "Member added to the local Administrators group by the system": [
    "The system ({SubjectUserName}) added {MemberName}{MemberSid} to {TargetUserName}.",
    "システム ({SubjectUserName}) が {TargetUserName} に {MemberName}{MemberSid} を追加しました。",
  ],
  "Member removed from a privileged group": [
    "{SubjectDomainName}\\{SubjectUserName} removed {MemberName}{MemberSid} from {TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetUserName} から {MemberName}{MemberSid} を削除しました。",
  ],
  "Members of an admin group listed": [
    "{SubjectDomainName}\\{SubjectUserName} listed the members of {TargetUserName} ({CallerProcessName}).",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetUserName} のメンバーを列挙しました ({CallerProcessName})。",
  ],
  "Memory of LSASS opened for reading": [
    "{SourceImage} opened LSASS with access {GrantedAccess}.",
    "{SourceImage} がアクセス権 {GrantedAccess} でLSASSを開きました。",
  ],
  "Microsoft Defender acted on malware": [
    "Defender acted on {Threat Name} in {Path}: {Action Name} {Error Description}",
    "Defenderが {Path} の {Threat Name} に対処しました: {Action Name} {Error Description}",
  ],
  "Microsoft Defender found malware": [
    "Defender found {Threat Name} in {Path} (process {Process Name}, user {Detection User}).",
    "Defenderが {Path} で {Threat Name} を検出しました (プロセス {Process Name}、ユーザー {Detection User})。",
  ],
  "Microsoft Defender protection switched off": [
    "Defender's protection was switched off (event {EventID}).",
    "Defenderの保護が無効化されました (イベント {EventID})。",
  ],
  "Microsoft Defender told to look away": [
    "Defender was told to look away: {New Value}",
    "Defenderに除外または設定変更が行われました: {New Value}",
  ],
  "NTLM logon of an account from the host to itself": [
    "{TargetDomainName}\\{TargetUserName} logged on over the network from the host itself ({AuthenticationPackageName}, port {IpPort}).",
    "{TargetDomainName}\\{TargetUserName} が自ホストからネットワーク経由でログオンしました ({AuthenticationPackageName}、ポート {IpPort})。",
  ],
  "NTLM network logon without a session key": [
    "{TargetDomainName}\\{TargetUserName} logged on with NTLM and no session key from {IpAddress} ({WorkstationName}).",
    "{TargetDomainName}\\{TargetUserName} が {IpAddress} ({WorkstationName}) からセッションキーのないNTLMでログオンしました。",
  ],
  "Network layer given another provider": [
    "The chain of network providers was changed ({TargetObject}{Details}).",
    "ネットワークプロバイダーの連鎖が変更されました ({TargetObject}{Details})。",
  ],
  "Network logon from another host": [
    "{TargetDomainName}\\{TargetUserName} logged on over the network from {IpAddress} ({WorkstationName}, {AuthenticationPackageName}).",
    "{TargetDomainName}\\{TargetUserName} が {IpAddress} ({WorkstationName}、{AuthenticationPackageName}) からネットワーク経由でログオンしました。",
  ],
  "Network logon refused": [
    "A network logon of {TargetDomainName}\\{TargetUserName} from {IpAddress} ({WorkstationName}) failed ({SubStatus}).",
    "{IpAddress} ({WorkstationName}) からの {TargetDomainName}\\{TargetUserName} のネットワークログオンが失敗しました ({SubStatus})。",
  ],
  "Network share created": [
    "A network share was created: {ShareName}{TargetObject}",
    "ネットワーク共有が作成されました: {ShareName}{TargetObject}",
  ],
  "Office program started a command or script": [
    "{ParentImage}{ParentProcessName} started {CommandLine}",
    "{ParentImage}{ParentProcessName} が次を起動しました: {CommandLine}",
  ],
  "Package of a remote control program installed": [
    "Windows Installer installed: {Data}",
    "Windowsインストーラーによりインストールされました: {Data}",
  ],
  "Password manager or remote support program opened by another process": [
    "{SourceImage} opened {TargetImage} with access {GrantedAccess}.",
    "{SourceImage} がアクセス権 {GrantedAccess} で {TargetImage} を開きました。",
  ],
  "Password of an account reset by another account": [
    "{SubjectDomainName}\\{SubjectUserName} reset the password of {TargetDomainName}\\{TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetDomainName}\\{TargetUserName} のパスワードを再設定しました。",
  ],
  "Password refused by a domain controller": [
    "The password of {TargetUserName} was refused, asked from {IpAddress}{Workstation} ({Status}).",
    "{IpAddress}{Workstation} からの {TargetUserName} のパスワードが拒否されました ({Status})。",
  ],
  "Permanent WMI subscription made": [
    "A permanent WMI subscription was registered: {Name}{Destination}{Consumer}{CONSUMER}",
    "永続的なWMIサブスクリプションが登録されました: {Name}{Destination}{Consumer}{CONSUMER}",
  ],
  "Pipe of a remote administration interface opened": [
    "{SubjectDomainName}\\{SubjectUserName} opened the pipe {RelativeTargetName} from {IpAddress}.",
    "{SubjectDomainName}\\{SubjectUserName} が {IpAddress} からパイプ {RelativeTargetName} を開きました。",
  ],
  "Pipe of a remote execution tool used": [
    "A pipe of a remote execution tool was used: {RelativeTargetName}{PipeName}",
    "遠隔実行ツールのパイプが使われました: {RelativeTargetName}{PipeName}",
  ],
  "Pipe with the name of a known privilege escalation tool": [
    "{Image} made or opened the pipe {PipeName}.",
    "{Image} がパイプ {PipeName} を作成または使用しました。",
  ],
  "Port forwarding set up with netsh": [
    "The port proxy was set to forward: {CommandLine}{TargetObject}",
    "ポートプロキシに転送が設定されました: {CommandLine}{TargetObject}",
  ],
  "PowerShell code of a credential theft tool": [
    "Code of a credential theft tool ran: {CommandLine}{Path}{ScriptBlockText}",
    "資格情報窃取ツールのコードが実行されました: {CommandLine}{Path}{ScriptBlockText}",
  ],
  "PowerShell code that asks the user for a password": [
    "PowerShell code asked the user for a password: {Path}{ScriptBlockText}",
    "PowerShellコードが利用者にパスワードの入力を求めました: {Path}{ScriptBlockText}",
  ],
  "PowerShell code that clears or stops event logs": [
    "PowerShell ran code that empties or limits event logs ({ScriptBlockId}{Payload}).",
    "イベントログを空にする、または制限するPowerShellコードが実行されました ({ScriptBlockId}{Payload})。",
  ],
  "PowerShell code that fetches, injects or evades": [
    "PowerShell ran code that fetches, injects or evades: {Path}{ScriptBlockText}{Data}",
    "取得・注入・回避を行うPowerShellコードが実行されました: {Path}{ScriptBlockText}{Data}",
  ],
  "PowerShell started with encoded or hidden code": [
    "PowerShell was started with hidden or encoded code: {CommandLine}",
    "PowerShellが非表示または符号化されたコードで起動されました: {CommandLine}",
  ],
  "Powerful user right assigned to an account": [
    "{SubjectDomainName}\\{SubjectUserName} gave {TargetSid} the rights {PrivilegeList}.",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetSid} に権利 {PrivilegeList} を付与しました。",
  ],
  "Print spooler given a foreign library": [
    "The print spooler was given a foreign library: {Details}{TargetFilename}",
    "印刷スプーラーに外部のライブラリが追加されました: {Details}{TargetFilename}",
  ],
  "Print spooler reached from another host": [
    "{SubjectDomainName}\\{SubjectUserName} opened the pipe {RelativeTargetName} from {IpAddress}.",
    "{SubjectDomainName}\\{SubjectUserName} が {IpAddress} からパイプ {RelativeTargetName} を開きました。",
  ],
  "Process opened by code that lies in no file": [
    "Code without a file in {SourceImage} opened {TargetImage} with access {GrantedAccess}.",
    "{SourceImage} 内のファイルのないコードがアクセス権 {GrantedAccess} で {TargetImage} を開きました。",
  ],
  "Program entered to start at logon": [
    "{Image} entered {Details} to start at logon ({TargetObject}).",
    "{Image} がログオン時に起動するよう {Details} を登録しました ({TargetObject})。",
  ],
  "Program hidden by command": [
    "A program was hidden: {CommandLine}",
    "プログラムが隠蔽されました: {CommandLine}",
  ],
  "Program in a user's folder started a shell as SYSTEM": [
    "{ParentImage}{ParentProcessName} started {CommandLine} as SYSTEM.",
    "{ParentImage}{ParentProcessName} がSYSTEM権限で {CommandLine} を起動しました。",
  ],
  "Program of Windows used to fetch or decode a file": [
    "A program of Windows fetched or decoded a file: {CommandLine}",
    "Windowsのプログラムがファイルを取得または復号しました: {CommandLine}",
  ],
  "Program of Windows used to run a foreign script or library": [
    "A program of Windows was made to run foreign code: {CommandLine}",
    "Windowsのプログラムが外部コードの実行に使われました: {CommandLine}",
  ],
  "Program of the logon process changed": [
    "{Image} set {TargetObject} to {Details}.",
    "{Image} が {TargetObject} を {Details} に設定しました。",
  ],
  "Program put where an unquoted path is looked for first": [
    "{Image} wrote {TargetFilename}.",
    "{Image} が {TargetFilename} を書き込みました。",
  ],
  "Program started from the RDP client's drive": [
    "A program ran from the RDP client's drive: {CommandLine}",
    "RDPクライアントのドライブからプログラムが実行されました: {CommandLine}",
  ],
  "Program started out of a shadow copy": [
    "A program ran out of a shadow copy: {CommandLine}",
    "シャドウコピーからプログラムが実行されました: {CommandLine}",
  ],
  "Program with the name of a Windows process in another folder": [
    "A program with the name of a Windows process ran from {Image}{NewProcessName}.",
    "Windowsのプロセスと同名のプログラムが {Image}{NewProcessName} から実行されました。",
  ],
  "Program written to an administrative share": [
    "{SubjectDomainName}\\{SubjectUserName} opened {ShareName} {RelativeTargetName} for writing from {IpAddress}.",
    "{SubjectDomainName}\\{SubjectUserName} が {IpAddress} から {ShareName} {RelativeTargetName} を書き込み用に開きました。",
  ],
  "Program written to the disk over the network": [
    "{TargetFilename} was written over the network.",
    "{TargetFilename} がネットワーク経由で書き込まれました。",
  ],
  "Protected storage pipe opened from another host": [
    "{SubjectDomainName}\\{SubjectUserName} opened the protected storage pipe from {IpAddress}.",
    "{SubjectDomainName}\\{SubjectUserName} が {IpAddress} からプロテクトストレージのパイプを開きました。",
  ],
  "RDP client asked for a channel that only exploits use": [
    "An RDP client asked for the channel {ChannelName}, which only scanners and exploits of CVE-2019-0708 do.",
    "RDPクライアントがチャネル {ChannelName} を要求しました。これを行うのはCVE-2019-0708のスキャナーと攻撃コードだけです。",
  ],
  "RDP client authenticated from another host": [
    "{Param2}\\{Param1} authenticated to RDP from {Param3}.",
    "{Param2}\\{Param1} が {Param3} からRDPの認証に成功しました。",
  ],
  "RDP client authenticated from the host itself (tunnel)": [
    "{Param2}\\{Param1} authenticated to RDP from {Param3}, which is the host itself; the connection was tunnelled.",
    "{Param2}\\{Param1} が自ホストである {Param3} からRDPの認証に成功しました。接続はトンネルを経由しています。",
  ],
  "RDP client connected to another host": [
    "The RDP client was pointed at {Value}.",
    "RDPクライアントの接続先に {Value} が指定されました。",
  ],
  "RDP client library loaded by an unusual program": [
    "{Image} loaded the RDP client control {ImageLoaded}.",
    "{Image} がRDPクライアントコントロール {ImageLoaded} を読み込みました。",
  ],
  "RDP connection made by an unusual program": [
    "{Image}{Application} connected to the RDP port of {DestinationIp}{DestAddress}.",
    "{Image}{Application} が {DestinationIp}{DestAddress} のRDPポートに接続しました。",
  ],
  "RDP logon in restricted admin mode": [
    "{TargetDomainName}\\{TargetUserName} logged on in restricted admin mode from {IpAddress}.",
    "{TargetDomainName}\\{TargetUserName} が {IpAddress} から制限付き管理モードでログオンしました。",
  ],
  "RDP logon refused": [
    "An RDP logon from {IpAddress}{IPString} was refused.",
    "{IpAddress}{IPString} からのRDPログオンが拒否されました。",
  ],
  "RDP port of the host reached from the host itself": [
    "{Image}{Application} talks to the RDP port over the loopback address.",
    "{Image}{Application} がループバックアドレス経由でRDPポートと通信しています。",
  ],
  "RDP session from the host itself (tunnel)": [
    "{User} opened or resumed session {SessionID} from {Address}, which is the host itself; the connection was tunnelled.",
    "{User} が自ホストである {Address} からセッション {SessionID} を開始または再開しました。接続はトンネルを経由しています。",
  ],
  "RDP session opened or resumed from another host": [
    "{User} opened or resumed session {SessionID} from {Address}.",
    "{User} が {Address} からセッション {SessionID} を開始または再開しました。",
  ],
  "RDP session taken over with tscon": [
    "tscon was run to take a session over: {CommandLine}{ImagePath}{ServiceFileName}",
    "セッションを乗っ取るためにtsconが実行されました: {CommandLine}{ImagePath}{ServiceFileName}",
  ],
  "Registry prepared to bypass user account control": [
    "{Image} wrote {TargetObject} ({Details}), from where an elevated program takes a command.",
    "{Image} が {TargetObject} ({Details}) を書き込みました。昇格したプログラムがここからコマンドを読み取ります。",
  ],
  "Remote Desktop settings weakened": [
    "{Image} set {TargetObject} to {Details}.",
    "{Image} が {TargetObject} を {Details} に設定しました。",
  ],
  "Remote Desktop switched on": [
    "Remote Desktop was switched on by {CommandLine}{Image}{ProcessName}.",
    "{CommandLine}{Image}{ProcessName} によりリモートデスクトップが有効化されました。",
  ],
  "Remote management session opened on this host": [
    "A remote management session was opened on this host ({username}{resourceUri}, event {EventID}).",
    "このホストで遠隔管理セッションが開かれました ({username}{resourceUri}、イベント {EventID})。",
  ],
  "Remote management session opened to another host": [
    "A remote management session to {connection} was opened.",
    "{connection} への遠隔管理セッションが開かれました。",
  ],
  "Remote support or management program started": [
    "The remote control program {Image}{NewProcessName} was started: {CommandLine}",
    "遠隔操作プログラム {Image}{NewProcessName} が起動されました: {CommandLine}",
  ],
  "Remote support program set up for access without the user": [
    "A remote support program was set up for unattended use: {CommandLine}",
    "遠隔支援プログラムが無人接続用に設定されました: {CommandLine}",
  ],
  "Replication topology managed by an account that is no domain controller": [
    "{SubjectDomainName}\\{SubjectUserName} used the right to manage the replication topology.",
    "{SubjectDomainName}\\{SubjectUserName} が複製トポロジーを管理する権限を使用しました。",
  ],
  "Restore mode password of a domain controller set": [
    "{SubjectDomainName}\\{SubjectUserName} set the restore mode password from {Workstation} (status {Status}).",
    "{SubjectDomainName}\\{SubjectUserName} が {Workstation} から復元モードのパスワードを設定しました (状態 {Status})。",
  ],
  "Restricted admin mode of RDP switched on": [
    "{Image} set {TargetObject} to {Details}; RDP now accepts a hash.",
    "{Image} が {TargetObject} を {Details} に設定しました。RDPがハッシュでのログオンを受け付けるようになります。",
  ],
  "SID history added to an account": [
    "{SubjectDomainName}\\{SubjectUserName} {EventID} SID history ({SourceSid}{SidHistory}) to {TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} が {TargetUserName} にSID履歴 ({SourceSid}{SidHistory}) {EventID}。",
    { added: "を追加しました", "tried in vain to add": "の追加を試みて失敗しました" },
  ],
  "SSH authorized keys file written": [
    "{Image} wrote {TargetFilename}.",
    "{Image} が {TargetFilename} を書き込みました。",
  ],
  "SSH client with local or dynamic port forwarding": [
    "An SSH client with port forwarding was started: {CommandLine}",
    "ポート転送を伴うSSHクライアントが実行されました: {CommandLine}",
  ],
  "SSH client with reverse port forwarding": [
    "An SSH client with reverse forwarding was started: {CommandLine}",
    "リバース転送を伴うSSHクライアントが実行されました: {CommandLine}",
  ],
  "SSH logon from another host": ["SSH: {payload}", "SSHの記録: {payload}"],
  "SSH logon from the host itself": [
    "SSH from the host itself: {payload}",
    "自ホストからのSSH: {payload}",
  ],
  "SSH logon refused": ["SSH: {payload}", "SSHの記録: {payload}"],
  "SSH server installed as a service": [
    "The SSH server {ServiceName} was installed: {ImagePath}{ServiceFileName}",
    "SSHサーバー {ServiceName} が登録されました: {ImagePath}{ServiceFileName}",
  ],
  "Safeguard of Office macros taken away": [
    "{Image} set {TargetObject} to {Details}.",
    "{Image} が {TargetObject} を {Details} に設定しました。",
  ],
  "Safeguard of PowerShell taken away": [
    "A safeguard of PowerShell was taken away: {TargetObject}{CommandLine}",
    "PowerShellの安全機能が解除されました: {TargetObject}{CommandLine}",
  ],
  "Saved passwords of browsers read by another program": [
    "{ProcessName}, run by {SubjectDomainName}\\{SubjectUserName}, opened {ObjectName}.",
    "{SubjectDomainName}\\{SubjectUserName} が実行した {ProcessName} が {ObjectName} を開きました。",
  ],
  "Scheduled task created by command": [
    "A scheduled task was created or changed by command: {CommandLine}",
    "コマンドによりスケジュールされたタスクが作成または変更されました: {CommandLine}",
  ],
  "Scheduled task created or changed": [
    "{SubjectDomainName}\\{SubjectUserName} {EventID} the task {TaskName}.",
    "{SubjectDomainName}\\{SubjectUserName} がタスク {TaskName} を{EventID}しました。",
    { created: "作成", changed: "変更" },
  ],
  "Scheduled task created that runs a command interpreter": [
    "{SubjectDomainName}\\{SubjectUserName} {EventID} the task {TaskName}, which runs a command interpreter or a file in an odd place.",
    "{SubjectDomainName}\\{SubjectUserName} がタスク {TaskName} を{EventID}しました。このタスクはコマンドインタープリターまたは通常と異なる場所のファイルを実行します。",
    { created: "作成", changed: "変更" },
  ],
  "Scheduled task registered or updated by a user": [
    "{UserContext}{UserName} {EventID} the task {TaskName}.",
    "{UserContext}{UserName} がタスク {TaskName} を{EventID}しました。",
    { registered: "登録", updated: "更新" },
  ],
  "Script host connected to an administration port of another host": [
    "{Image}{Application} connected to port {DestinationPort}{DestPort} of {DestinationIp}{DestAddress}.",
    "{Image}{Application} が {DestinationIp}{DestAddress} のポート {DestinationPort}{DestPort} に接続しました。",
  ],
  "Script host or odd program entered to start at logon": [
    "{Image} entered {Details} to start at logon ({TargetObject}).",
    "{Image} がログオン時に起動するよう {Details} を登録しました ({TargetObject})。",
  ],
  "Script host started a program from a temporary folder": [
    "{ParentImage}{ParentProcessName} started {CommandLine}",
    "{ParentImage}{ParentProcessName} が次を起動しました: {CommandLine}",
  ],
  "Secure channel of a computer refused": [
    "The secure channel of {Data} was refused (event {EventID}).",
    "{Data} のセキュアチャネルが拒否されました (イベント {EventID})。",
  ],
  "Security log cleared": [
    "{SubjectDomainName}\\{SubjectUserName} cleared the Security log (logon {SubjectLogonId}).",
    "{SubjectDomainName}\\{SubjectUserName} がセキュリティログを消去しました (ログオン {SubjectLogonId})。",
  ],
  "Security log is full": [
    "The Security log is full; from here on events are not recorded.",
    "セキュリティログが満杯です。これ以降のイベントは記録されません。",
  ],
  "Service installed": [
    "Service {ServiceName} was installed: {ImagePath}{ServiceFileName}",
    "サービス {ServiceName} が登録されました: {ImagePath}{ServiceFileName}",
  ],
  "Service installed from a place where programs do not live": [
    "Service {ServiceName} was installed from {ImagePath}{ServiceFileName}.",
    "サービス {ServiceName} が {ImagePath}{ServiceFileName} から登録されました。",
  ],
  "Service installed that runs a command interpreter": [
    "Service {ServiceName} was installed to run: {ImagePath}{ServiceFileName}",
    "次を実行するサービス {ServiceName} が登録されました: {ImagePath}{ServiceFileName}",
  ],
  "Service installed to be impersonated over a named pipe": [
    "Service {ServiceName} was installed to write to a named pipe: {ImagePath}{ServiceFileName}",
    "名前付きパイプに書き込むサービス {ServiceName} が登録されました: {ImagePath}{ServiceFileName}",
  ],
  "Service of a remote execution tool installed": [
    "Service {ServiceName} of a remote execution tool was installed: {ImagePath}{ServiceFileName}",
    "遠隔実行ツールのサービス {ServiceName} が登録されました: {ImagePath}{ServiceFileName}",
  ],
  "Service of a remote management agent installed": [
    "The management agent {ServiceName} was installed: {ImagePath}{ServiceFileName}",
    "管理エージェント {ServiceName} が登録されました: {ImagePath}{ServiceFileName}",
  ],
  "Service of a remote support program installed": [
    "The remote support service {ServiceName} was installed: {ImagePath}{ServiceFileName}",
    "遠隔支援サービス {ServiceName} が登録されました: {ImagePath}{ServiceFileName}",
  ],
  "Service set to run a command interpreter or an odd file": [
    "{Image} set {TargetObject} to {Details}.",
    "{Image} が {TargetObject} を {Details} に設定しました。",
  ],
  "Service ticket with weak encryption requested for an account of a person or program": [
    "{TargetUserName} at {IpAddress} got an RC4 ticket for the service account {ServiceName}.",
    "{IpAddress} の {TargetUserName} がサービスアカウント {ServiceName} のRC4チケットを取得しました。",
  ],
  "Session reconnected to a window station": [
    "{AccountDomain}\\{AccountName} reconnected {SessionName} from {ClientName} ({ClientAddress}).",
    "{AccountDomain}\\{AccountName} が {ClientName} ({ClientAddress}) から {SessionName} に再接続しました。",
  ],
  "Session unlocked or resumed from another host": [
    "{TargetDomainName}\\{TargetUserName} resumed a session from {IpAddress}.",
    "{TargetDomainName}\\{TargetUserName} が {IpAddress} からセッションを再開しました。",
  ],
  "Shadow copies, backups or recovery deleted by command": [
    "A command that takes recovery away was started: {CommandLine}",
    "復旧手段を失わせるコマンドが実行されました: {CommandLine}",
  ],
  "Shell started by a process of Windows that never does so": [
    "{ParentImage}{ParentProcessName} started {CommandLine}",
    "{ParentImage}{ParentProcessName} が次を起動しました: {CommandLine}",
  ],
  "Shell started by an elevated component of Windows": [
    "An elevated component started {CommandLine}",
    "昇格したコンポーネントが次を起動しました: {CommandLine}",
  ],
  "Start of a program diverted to another one": [
    "{Image} set {TargetObject} to {Details}.",
    "{Image} が {TargetObject} を {Details} に設定しました。",
  ],
  "Start type of a logging service changed": [
    "The start type of {param1} ({param4}) was changed from {param2} to {param3}.",
    "{param1} ({param4}) の開始種別が {param2} から {param3} に変更されました。",
  ],
  "Registry key created that stops the event log service": [
    "{Image} created {TargetObject}: from the next start on Windows writes no events.",
    "{Image} が {TargetObject} を作成しました。次回起動以降、Windowsはイベントを記録しません。",
  ],
  "Logging service set to start by itself": [
    "{param1} ({param4}) starts by itself again: its start type was {param2} before.",
    "{param1} ({param4}) が再び自動起動になりました。以前の開始種別は {param2} でした。",
  ],
  "Sysmon configuration changed or Sysmon failed": [
    "Sysmon {EventID}: {Configuration}{Description}",
    "Sysmonが{EventID}: {Configuration}{Description}",
    {
      "loaded a configuration": "設定を読み込みました",
      "reported an error": "エラーを報告しました",
    },
  ],
  "Sysmon stopped": ["The Sysmon service stopped.", "Sysmonサービスが停止しました。"],
  "System time set by an account": [
    "{SubjectDomainName}\\{SubjectUserName} set the clock from {PreviousTime} to {NewTime} with {ProcessName}.",
    "{SubjectDomainName}\\{SubjectUserName} が {ProcessName} で時計を {PreviousTime} から {NewTime} に変更しました。",
  ],
  "Thread started in another process": [
    "{SourceImage} started a thread in {TargetImage} at {StartModule}{StartAddress}.",
    "{SourceImage} が {TargetImage} 内の {StartModule}{StartAddress} でスレッドを開始しました。",
  ],
  "Traces of use deleted from the registry": [
    "{Image} deleted {TargetObject}.",
    "{Image} が {TargetObject} を削除しました。",
  ],
  "Transfer job fetched a program or script": [
    "The transfer job {name} fetched {url}.",
    "転送ジョブ {name} が {url} を取得しました。",
  ],
  "Transfer job set up by command": [
    "A transfer job was set up by command: {CommandLine}",
    "コマンドにより転送ジョブが設定されました: {CommandLine}",
  ],
  "Tunnelling program started": [
    "A tunnelling program was started: {CommandLine}",
    "トンネリングプログラムが実行されました: {CommandLine}",
  ],
  "Unsigned library from a user's folder loaded by a program of Windows": [
    "{Image} loaded the unsigned library {ImageLoaded}.",
    "{Image} が署名のないライブラリ {ImageLoaded} を読み込みました。",
  ],
  "Unsigned library loaded by a program in a user's folder with a name Windows programs look for": [
    "{Image} loaded the unsigned library {ImageLoaded}.",
    "{Image} が署名のないライブラリ {ImageLoaded} を読み込みました。",
  ],
  "Update installer used to put files into the Windows folder": [
    "Files were unpacked into the Windows folder through an elevated installer: {CommandLine}",
    "昇格したインストーラーを通じてWindowsフォルダーにファイルが展開されました: {CommandLine}",
  ],
  "User account changed": [
    "{SubjectDomainName}\\{SubjectUserName} changed the account {TargetDomainName}\\{TargetUserName} (flags {UserAccountControl}, password set {PasswordLastSet}).",
    "{SubjectDomainName}\\{SubjectUserName} がアカウント {TargetDomainName}\\{TargetUserName} を変更しました (フラグ {UserAccountControl}、パスワード設定日時 {PasswordLastSet})。",
  ],
  "User account control switched off or silenced": [
    "{Image} set {TargetObject} to {Details}.",
    "{Image} が {TargetObject} を {Details} に設定しました。",
  ],
  "User account created": [
    "{SubjectDomainName}\\{SubjectUserName} created the account {TargetDomainName}\\{TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} がアカウント {TargetDomainName}\\{TargetUserName} を作成しました。",
  ],
  "User account created with the name of a computer account": [
    "{SubjectDomainName}\\{SubjectUserName} created the user account {TargetUserName}, which looks like a computer.",
    "{SubjectDomainName}\\{SubjectUserName} がコンピューターに見えるユーザーアカウント {TargetUserName} を作成しました。",
  ],
  "User account enabled or deleted": [
    "{SubjectDomainName}\\{SubjectUserName} {EventID} the account {TargetDomainName}\\{TargetUserName}.",
    "{SubjectDomainName}\\{SubjectUserName} がアカウント {TargetDomainName}\\{TargetUserName} を{EventID}しました。",
    { enabled: "有効化", deleted: "削除" },
  ],
  "Vulnerable or unsigned driver loaded": [
    "The driver {ImageLoaded} was loaded (signed {Signed}, signature {SignatureStatus}).",
    "ドライバー {ImageLoaded} が読み込まれました (署名: {Signed}、署名の状態: {SignatureStatus})。",
  ],
  "Web server started a command": [
    "A web server started {CommandLine}",
    "Webサーバーが次を起動しました: {CommandLine}",
  ],
};
