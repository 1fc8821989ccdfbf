import { JA_DELETION } from "./ja-deletion.ts";

/**
 * konseki's own titles and sentences in Japanese, by their English text. `{n}` stands for a number. What is not
 * here stays English: a rule from elsewhere has no translation either.
 */
export const JA_SENTENCES: Readonly<Record<string, string>> = {
  ...JA_DELETION,
  "Security log cleared": "セキュリティログの消去",
  "Event log cleared": "イベントログの消去",
  "Event log that holds evidence cleared": "証拠となるイベントログの消去",
  "Event logs cleared by command": "コマンドによるイベントログの消去",
  "Event log file deleted": "イベントログファイルの削除",
  "Event log service stopped or crashed": "イベントログサービスの停止または異常終了",
  "Crash of the event log service reported": "イベントログサービスの異常終了の報告",
  "Event logging service shut down": "イベントログサービスの終了",
  "Event log switched off or shrunk by command": "コマンドによるイベントログの無効化または縮小",
  "Event log service reached from another host": "他ホストからのイベントログサービスへの接続",
  "Security log is full": "セキュリティログが満杯",
  "Audit events dropped or not written": "監査イベントの欠落または未記録",
  "Audit policy changed": "監査ポリシーの変更",
  "Audit policy emptied or weakened by command": "コマンドによる監査ポリシーの消去または弱体化",
  "Auditing switched off by an account": "アカウントによる監査の無効化",
  "Global object or per-user auditing changed":
    "グローバルオブジェクト監査またはユーザー別監査の変更",
  "Logging disabled in the registry": "レジストリによるログ記録の無効化",
  "Logging policy deleted from the registry": "レジストリからのログ記録ポリシーの削除",
  "Start type of a logging service changed": "ログ記録サービスの起動種類の変更",
  "Registry key created that stops the event log service":
    "イベントログサービスを止めるレジストリキーの作成",
  "Logging service set to start by itself": "ログ記録サービスの自動起動への設定",
  "PowerShell code that clears or stops event logs":
    "イベントログを消去または停止するPowerShellコード",
  "Sysmon stopped": "Sysmonの停止",
  "Sysmon configuration changed or Sysmon failed": "Sysmonの設定変更または障害",
  "System time set by an account": "アカウントによるシステム時刻の変更",
  "Change journal deleted": "変更ジャーナルの削除",
  "Creation time of a program changed": "プログラムの作成日時の変更",
  "Traces of use deleted from the registry": "レジストリからの使用痕跡の削除",
  "Shadow copies, backups or recovery deleted by command":
    "コマンドによるシャドウコピー・バックアップ・回復機能の削除",
  "Logon over RDP from another host": "他ホストからのRDPログオン",
  "Logon over RDP from the host itself (tunnel)": "自ホストからのRDPログオン（トンネル）",
  "RDP client authenticated from another host": "他ホストからのRDP認証",
  "RDP client authenticated from the host itself (tunnel)": "自ホストからのRDP認証（トンネル）",
  "RDP client connected to another host": "他ホストへのRDP接続",
  "RDP connection made by an unusual program": "通常と異なるプログラムによるRDP接続",
  "RDP logon in restricted admin mode": "制限付き管理モードでのRDPログオン",
  "RDP logon refused": "RDPログオンの失敗",
  "RDP session from the host itself (tunnel)": "自ホストからのRDPセッション（トンネル）",
  "RDP session opened or resumed from another host": "他ホストからのRDPセッションの開始または再開",
  "RDP session taken over with tscon": "tsconによるRDPセッションの乗っ取り",
  "Remote Desktop switched on": "リモートデスクトップの有効化",
  "Remote Desktop settings weakened": "リモートデスクトップ設定の弱体化",
  "Restricted admin mode of RDP switched on": "RDPの制限付き管理モードの有効化",
  "Program started from the RDP client's drive": "RDP接続元のドライブからのプログラム実行",
  "Session reconnected to a window station": "ウィンドウステーションへのセッション再接続",
  "Session unlocked or resumed from another host": "他ホストからのセッションのロック解除または再開",
  "Port forwarding set up with netsh": "netshによるポート転送の設定",
  "Tunnelling program started": "トンネリングプログラムの実行",
  "Logon through the SSH server": "SSHサーバー経由のログオン",
  "SSH logon from another host": "他ホストからのSSHログオン",
  "SSH logon from the host itself": "自ホストからのSSHログオン",
  "SSH logon refused": "SSHログオンの失敗",
  "SSH authorized keys file written": "SSHのauthorized_keysファイルへの書き込み",
  "SSH server installed as a service": "SSHサーバーのサービス登録",
  "SSH client with local or dynamic port forwarding":
    "SSHクライアントのローカルまたは動的ポート転送",
  "SSH client with reverse port forwarding": "SSHクライアントのリバースポート転送",
  "Network logon from another host": "他ホストからのネットワークログオン",
  "Network logon refused": "ネットワークログオンの失敗",
  "NTLM network logon without a session key": "セッション鍵のないNTLMネットワークログオン",
  "Anonymous network logon from another host": "他ホストからの匿名ネットワークログオン",
  "Logon with other credentials for the network only": "ネットワーク専用の別資格情報によるログオン",
  "Logon with sensitive privileges": "重要な特権を伴うログオン",
  "Explicit credentials used on the host": "ホスト上での明示的な資格情報の使用",
  "Explicit credentials used towards another host": "他ホストへの明示的な資格情報の使用",
  "Administrative share opened from another host": "他ホストからの管理共有の利用",
  "Program written to an administrative share": "管理共有へのプログラムの書き込み",
  "Pipe of a remote execution tool used": "遠隔実行ツールのパイプの使用",
  "Pipe of a remote administration interface opened": "遠隔管理インターフェースのパイプの利用",
  "Command that works on another host": "他ホストを操作するコマンド",
  "Command started through DCOM": "DCOM経由のコマンド実行",
  "Command started through WMI": "WMI経由のコマンド実行",
  "Command started through Windows Remote Management": "WinRM経由のコマンド実行",
  "Remote management session opened on this host": "このホストでのリモート管理セッションの開始",
  "Remote management session opened to another host": "他ホストへのリモート管理セッションの開始",
  "Service installed": "サービスの登録",
  "Service installed that runs a command interpreter":
    "コマンドインタープリターを実行するサービスの登録",
  "Service installed from a place where programs do not live":
    "通常と異なる場所からのサービスの登録",
  "Service installed to be impersonated over a named pipe":
    "名前付きパイプの偽装のためのサービスの登録",
  "Service of a remote execution tool installed": "遠隔実行ツールのサービスの登録",
  "Service of a remote management agent installed": "遠隔管理エージェントのサービスの登録",
  "Service of a remote support program installed": "遠隔サポートプログラムのサービスの登録",
  "Remote support or management program started": "遠隔サポートまたは管理プログラムの実行",
  "Remote support program set up for access without the user":
    "無人接続のための遠隔サポートプログラムの設定",
  "Package of a remote control program installed": "遠隔操作プログラムのパッケージの導入",
  "Scheduled task created by command": "コマンドによるスケジュールタスクの作成",
  "Scheduled task created or changed": "スケジュールタスクの作成または変更",
  "Scheduled task created that runs a command interpreter":
    "コマンドインタープリターを実行するスケジュールタスクの作成",
  "Scheduled task registered or updated by a user":
    "ユーザーによるスケジュールタスクの登録または更新",
  "User account created": "ユーザーアカウントの作成",
  "User account changed": "ユーザーアカウントの変更",
  "User account enabled or deleted": "ユーザーアカウントの有効化または削除",
  "User account created with the name of a computer account":
    "コンピューターアカウントの名前を持つユーザーアカウントの作成",
  "Account created or put into Administrators by command":
    "コマンドによるアカウントの作成またはAdministratorsへの追加",
  "Built-in Guest account enabled": "組み込みGuestアカウントの有効化",
  "Password of an account reset by another account": "他のアカウントによるパスワードのリセット",
  "Member added to a group that rules the domain": "ドメインを管理するグループへのメンバー追加",
  "Member added to a powerful built-in group": "強い権限を持つ組み込みグループへのメンバー追加",
  "Member added to a group that may log on remotely":
    "リモートログオンできるグループへのメンバー追加",
  "Member added to the local Administrators group":
    "ローカルAdministratorsグループへのメンバー追加",
  "Member added to the local Administrators group by the system":
    "システムによるローカルAdministratorsグループへのメンバー追加",
  "Member removed from a privileged group": "特権グループからのメンバー削除",
  "Members of an admin group listed": "管理者グループのメンバーの列挙",
  "Domain, admins or rights listed by command": "コマンドによるドメイン・管理者・権限の列挙",
  "Powerful user right assigned to an account": "強いユーザー権利の割り当て",
  "Debug privilege enabled by an odd program": "通常と異なるプログラムによるデバッグ特権の有効化",
  "SID history added to an account": "アカウントへのSID履歴の追加",
  "Directory replication right used by an account that is no domain controller (DCSync)":
    "ドメインコントローラー以外による複製権限の使用（DCSync）",
  "Computer account given the service names of a domain controller (DCShadow)":
    "ドメインコントローラーのサービス名の付与（DCShadow）",
  "Memory of LSASS opened for reading": "LSASSのメモリ読み取り",
  "Handle to LSASS with the right to read its memory": "LSASSのメモリ読み取り権限を持つハンドル",
  "Command that dumps the memory of LSASS": "LSASSのメモリをダンプするコマンド",
  "Command that copies the account database": "アカウントデータベースを複製するコマンド",
  "Kerberos logon with RC4": "RC4によるKerberosログオン",
  "Kerberos ticket issued without pre-authentication": "事前認証なしのKerberosチケットの発行",
  "PowerShell started with encoded or hidden code":
    "符号化または隠蔽されたコードによるPowerShellの実行",
  "PowerShell code that fetches, injects or evades": "取得・注入・回避を行うPowerShellコード",
  "PowerShell code of a credential theft tool": "資格情報窃取ツールのPowerShellコード",
  "Microsoft Defender found malware": "Microsoft Defenderによるマルウェアの検知",
  "Microsoft Defender acted on malware": "Microsoft Defenderによるマルウェアへの対処",
  "Microsoft Defender protection switched off": "Microsoft Defenderの保護の無効化",
  "Microsoft Defender told to look away": "Microsoft Defenderの除外設定",
  "Defender or firewall switched off by command":
    "コマンドによるDefenderまたはファイアウォールの無効化",
  "Firewall profile switched off": "ファイアウォールプロファイルの無効化",
  "Program entered to start at logon": "ログオン時に起動するプログラムの登録",
  "File put into a startup folder": "スタートアップフォルダーへのファイルの配置",
  "Permanent WMI subscription made": "永続的なWMIサブスクリプションの作成",
  "Office program started a command or script":
    "Officeプログラムによるコマンドまたはスクリプトの実行",
  "Web server started a command": "Webサーバーによるコマンドの実行",
  "Thread started in another process": "他プロセスでのスレッドの開始",

  "one record says so": "1件のレコードに記録されています",
  "{n} records say so": "{n}件のレコードに記録されています",
  "the records could be read in part only": "レコードは一部のみ読み取れました",

  "Without a Security log, logons, use of privileges and changes to accounts cannot be told.":
    "セキュリティログがないため、ログオン、特権の使用、アカウントの変更は分かりません。",
  "Without a System log, installed services, restarts and the clearing of other logs cannot be told.":
    "システムログがないため、サービスの登録、再起動、他のログの消去は分かりません。",
  "Without the LocalSessionManager log, RDP sessions can be told from the Security log only.":
    "LocalSessionManagerログがないため、RDPセッションはセキュリティログからしか分かりません。",
  "Without Sysmon, what ran is known only where process creation (4688) was audited, and network connections are not known.":
    "Sysmonがないため、実行されたものはプロセス作成の監査（4688）がある範囲でしか分からず、ネットワーク接続は分かりません。",
  "Without the PowerShell operational log, the content of scripts that ran is not known.":
    "PowerShellのOperationalログがないため、実行されたスクリプトの内容は分かりません。",
  "{n} of {n} inputs could be read in part only: what their missing records held is not known.":
    "入力{n2}件中{n1}件は一部のみ読み取れました。欠けたレコードの内容は分かりません。",
  "{n} of {n} inputs could not be read at all.":
    "入力{n2}件中{n1}件はまったく読み取れませんでした。",
  "{n} logs are filtered exports: records that the filter left out cannot be missed in them.":
    "ログ{n}件は絞り込まれたエクスポートです。除外されたレコードの有無は分かりません。",
  "Events older than the first record of each log are not known: the logs may have rolled over or been cleared before.":
    "各ログの最初のレコードより前のイベントは分かりません。上書きまたは消去された可能性があります。",
};
