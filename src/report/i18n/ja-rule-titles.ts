/** Further titles of konseki's rules in Japanese, by their English text. */
export const JA_RULE_TITLES: Readonly<Record<string, string>> = {
  "Access rights of admin accounts were reset by the directory":
    "ディレクトリによる管理者アカウントのアクセス権の再設定",
  "Access rights of the domain object changed": "ドメインオブジェクトのアクセス権の変更",
  "Access without logon allowed over the network": "ネットワーク経由のログオンなしアクセスの許可",
  "Account database of the host written directly": "ホストのアカウントデータベースへの直接書き込み",
  "Account locked out": "アカウントのロックアウト",
  "Account set so that its password is easier to get":
    "パスワードを入手しやすくするアカウント設定の変更",
  "Account trusted for delegation": "アカウントへの委任の許可",
  "Application shim installed": "アプリケーション互換シムのインストール",
  "Attribute written that lets one account act as another":
    "他アカウントとしての動作を許す属性の書き込み",
  "Autostart entry written through the remote registry or WMI":
    "リモートレジストリまたはWMIによる自動起動設定の書き込み",
  "Boot protection switched off": "起動保護の無効化",
  "Browser started a shell or script host": "ブラウザーによるシェルまたはスクリプトホストの起動",
  "COM object registered for a user with a file in an odd place":
    "通常と異なる場所のファイルによるユーザー単位のCOMオブジェクト登録",
  "Certificate requested or issued for an account named in the request":
    "要求内で指定されたアカウント宛ての証明書の要求または発行",
  "Changes of the directory read with a replication right":
    "複製権限によるディレクトリ変更の読み取り",
  "Command entered into the update orchestrator": "更新オーケストレーターへのコマンド登録",
  "Command shell in place of an accessibility program":
    "アクセシビリティ機能のコマンドシェルへの置き換え",
  "Command shell of the database server enabled or tried":
    "データベースサーバーのコマンドシェルの有効化または試行",
  "Command started to be impersonated over a named pipe":
    "名前付きパイプでの偽装を目的としたコマンドの起動",
  "Command whose output goes to an administrative share of the host itself":
    "自ホストの管理共有へ出力するコマンド",
  "Computer account changed by a person's account":
    "個人アカウントによるコンピューターアカウントの変更",
  "Computer account changed in an anonymous session":
    "匿名セッションによるコンピューターアカウントの変更",
  "Computer account created by a person's account":
    "個人アカウントによるコンピューターアカウントの作成",
  "Computer account logged on with NTLM": "コンピューターアカウントのNTLMログオン",
  "Computer account renamed to a name without dollar sign":
    "コンピューターアカウント名の末尾$のない名前への変更",
  "Copy of the directory database made or attached":
    "ディレクトリデータベースの複製の作成または接続",
  "Copy tool for cloud storage started": "クラウドストレージ用コピーツールの実行",
  "DCOM component that runs commands refused to another host":
    "コマンドを実行できるDCOMコンポーネントへの他ホストからのアクセスの拒否",
  "Database logon refused": "データベースへのログオンの失敗",
  "Database server started a command": "データベースサーバーによるコマンドの起動",
  "Defender or firewall switched off in the registry":
    "レジストリによるDefenderまたはファイアウォールの無効化",
  "Desktop shell reached from another host": "他ホストからのデスクトップシェルへの接続",
  "Directory replication right used by a computer or synchronisation account":
    "コンピューターまたは同期アカウントによるディレクトリ複製権限の使用",
  "Driver written by a program in a user's folder":
    "ユーザーフォルダー内のプログラムによるドライバーの書き込み",
  "Elevated program of Windows started something out of the ordinary":
    "昇格したWindowsプログラムによる通常と異なるプログラムの起動",
  "File with a dump of secrets written": "秘密情報のダンプファイルの書き込み",
  "Folder that imitates the Windows folder": "Windowsフォルダーを模倣するフォルダー",
  "Group Policy given a scheduled task or script":
    "グループポリシーへのタスクまたはスクリプトの追加",
  "Image of a process replaced in memory": "メモリー上でのプロセスイメージの置き換え",
  "Installer package fetched from the web": "Webからのインストーラーパッケージの取得",
  "Keeping of clear text passwords in memory switched on": "メモリー上の平文パスワード保持の有効化",
  "Kerberos logon of the built-in Administrator from the host to itself":
    "自ホストからの組み込みAdministratorのKerberosログオン",
  "LSASS loaded a library from elsewhere": "LSASSによる通常と異なる場所のライブラリの読み込み",
  "LSASS watched by the process exit monitor": "プロセス終了監視によるLSASSの監視",
  "Library with the name of a Windows library written to a user's folder":
    "Windowsのライブラリと同名のライブラリのユーザーフォルダーへの書き込み",
  "Local account created or its password reset, seen in the registry":
    "ローカルアカウントの作成またはパスワード再設定（レジストリによる）",
  "NTLM logon of an account from the host to itself": "自ホストからのアカウントのNTLMログオン",
  "Network layer given another provider": "ネットワーク層へのプロバイダーの追加",
  "Network share created": "ネットワーク共有の作成",
  "Password manager or remote support program opened by another process":
    "他プロセスによるパスワード管理または遠隔支援プログラムへのアクセス",
  "Password refused by a domain controller": "ドメインコントローラーによるパスワードの拒否",
  "Pipe with the name of a known privilege escalation tool":
    "既知の権限昇格ツールの名前を持つパイプ",
  "PowerShell code that asks the user for a password": "利用者にパスワードを求めるPowerShellコード",
  "Print spooler given a foreign library": "印刷スプーラーへの外部ライブラリの追加",
  "Print spooler reached from another host": "他ホストからの印刷スプーラーへの接続",
  "Process opened by code that lies in no file": "ファイルのないコードによるプロセスへのアクセス",
  "Program hidden by command": "コマンドによるプログラムの隠蔽",
  "Program in a user's folder started a shell as SYSTEM":
    "ユーザーフォルダー内のプログラムによるSYSTEM権限のシェルの起動",
  "Program of Windows used to fetch or decode a file":
    "Windows標準プログラムによるファイルの取得または復号",
  "Program of Windows used to run a foreign script or library":
    "Windows標準プログラムによる外部スクリプトまたはライブラリの実行",
  "Program of the logon process changed": "ログオン処理のプログラムの変更",
  "Program put where an unquoted path is looked for first":
    "引用符のないパスで先に参照される場所へのプログラムの配置",
  "Program started out of a shadow copy": "シャドウコピー内のプログラムの実行",
  "Program with the name of a Windows process in another folder":
    "Windowsプロセスと同名のプログラムの別フォルダーからの実行",
  "Program written to the disk over the network":
    "ネットワーク経由のディスクへのプログラムの書き込み",
  "Protected storage pipe opened from another host": "他ホストからの保護記憶域パイプへの接続",
  "RDP client asked for a channel that only exploits use":
    "攻撃コードのみが使うチャネルを要求するRDPクライアント",
  "RDP client library loaded by an unusual program":
    "通常と異なるプログラムによるRDPクライアントライブラリの読み込み",
  "RDP port of the host reached from the host itself": "自ホストからのRDPポートへの接続",
  "Registry prepared to bypass user account control":
    "ユーザーアカウント制御を回避するレジストリの準備",
  "Replication topology managed by an account that is no domain controller":
    "ドメインコントローラー以外のアカウントによる複製トポロジーの管理",
  "Restore mode password of a domain controller set":
    "ドメインコントローラーの復元モードパスワードの設定",
  "Safeguard of Office macros taken away": "Officeマクロの保護の解除",
  "Safeguard of PowerShell taken away": "PowerShellの保護の解除",
  "Saved passwords of browsers read by another program":
    "他プログラムによるブラウザー保存パスワードの読み取り",
  "Script host connected to an administration port of another host":
    "スクリプトホストによる他ホストの管理ポートへの接続",
  "Script host or odd program entered to start at logon":
    "スクリプトホストまたは通常と異なるプログラムのログオン時起動の登録",
  "Script host started a program from a temporary folder":
    "スクリプトホストによる一時フォルダー内プログラムの起動",
  "Secure channel of a computer refused": "コンピューターのセキュアチャネルの拒否",
  "Service set to run a command interpreter or an odd file":
    "コマンドインタープリターまたは通常と異なるファイルを実行するサービス設定",
  "Service ticket with weak encryption requested for an account of a person or program":
    "個人またはプログラムのアカウントに対する弱い暗号のサービスチケットの要求",
  "Shell started by a process of Windows that never does so":
    "通常シェルを起動しないWindowsプロセスによるシェルの起動",
  "Shell started by an elevated component of Windows":
    "昇格したWindowsコンポーネントによるシェルの起動",
  "Start of a program diverted to another one": "プログラムの起動の別プログラムへの転換",
  "Transfer job fetched a program or script":
    "転送ジョブ（BITS）によるプログラムまたはスクリプトの取得",
  "Transfer job set up by command": "コマンドによる転送ジョブ（BITS）の設定",
  "Unsigned library from a user's folder loaded by a program of Windows":
    "Windows標準プログラムによるユーザーフォルダー内の未署名ライブラリの読み込み",
  "Unsigned library loaded by a program in a user's folder with a name Windows programs look for":
    "ユーザーフォルダー内のプログラムによる、Windowsプログラムが探す名前の未署名ライブラリの読み込み",
  "Update installer used to put files into the Windows folder":
    "更新インストーラーによるWindowsフォルダーへのファイル配置",
  "User account control switched off or silenced": "ユーザーアカウント制御の無効化または通知の抑止",
  "Vulnerable or unsigned driver loaded": "脆弱または未署名のドライバーの読み込み",
};
