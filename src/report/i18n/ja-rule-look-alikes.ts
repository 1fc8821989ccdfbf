/** What ordinary work looks the same as a hit of konseki's rules, in Japanese, by the English text. */
export const JA_RULE_LOOK_ALIKES: Readonly<Record<string, string>> = {
  "A client that recovers a user's secrets after a password reset; seldom.":
    "パスワード再設定後に利用者の秘密情報を復元するクライアント（まれ）。",
  "A computer that renews its password, once a month for each.":
    "コンピューターによるパスワードの更新（各コンピューターで月1回）。",
  "A damaged log file or a memory shortage makes the service crash; rare.":
    "破損したログファイルやメモリー不足によるサービスの異常終了（まれ）。",
  "A damaged log file or a memory shortage makes the service end; rare.":
    "破損したログファイルやメモリー不足によるサービスの終了（まれ）。",
  "A policy for administration with restricted admin mode.": "制限付き管理モードによる管理の方針。",
  "A script that sets a baseline clears the policy before it writes the new one.":
    "基準を適用するスクリプトは、新しいポリシーを書く前に既存のポリシーを消去する。",
  "A security baseline that sets global object access auditing.":
    "グローバルオブジェクトアクセス監査を設定するセキュリティ基準。",
  "A user corrects the clock or the time zone; virtual machine tools.":
    "利用者による時計やタイムゾーンの修正、仮想マシンのツール。",
  "A user gets remote access to his machine.": "利用者が自分の端末への遠隔アクセスを得る。",
  "A user keeps his own session alive at the console before he disconnects.":
    "利用者が切断前に自分のセッションをコンソールで維持する。",
  "Access by IP address instead of name, clusters, hosts of another domain or of none.":
    "名前ではなくIPアドレスでのアクセス、クラスター、他ドメインまたはドメイン外のホスト。",
  "Accounts of old applications for which pre-authentication is switched off.":
    "事前認証を無効にした古いアプリケーションのアカウント。",
  "Accounts whose password is older than the domain's AES keys, old clients, Java programs.":
    "ドメインのAES鍵より古いパスワードを持つアカウント、古いクライアント、Javaプログラム。",
  "Administration of log sizes, update of Sysmon by script.":
    "ログサイズの管理、スクリプトによるSysmonの更新。",
  "Administration with PowerShell, Server Manager.": "PowerShellやサーバーマネージャーによる管理。",
  "Administration with PowerShell, configuration management.": "PowerShellや構成管理による管理。",
  "Administration with PowerShell, logon scripts.": "PowerShellによる管理、ログオンスクリプト。",
  "Administrative modules that call Windows functions; installers that fetch their parts.":
    "Windowsの関数を呼び出す管理用モジュール、部品を取得するインストーラー。",
  "Administrative scripts that ask for an account.": "アカウントの入力を求める管理用スクリプト。",
  "Administrators and backup.": "管理者やバックアップ。",
  "Administrators and developers who reach databases or consoles through a jump host.":
    "踏み台ホストを通じてデータベースやコンソールに接続する管理者や開発者。",
  "Administrators and installers that have nothing better at hand.":
    "ほかに適した手段を持たない管理者やインストーラー。",
  "Administrators and software distribution that use PsExec or PAExec.":
    "PsExecやPAExecを使う管理者やソフトウェア配布。",
  "Administrators and their scripts.": "管理者とそのスクリプト。",
  "Administrators who allow several sessions or another port; RDP wrappers on test machines.":
    "複数セッションや別のポートを許可する管理者、試験用端末のRDPラッパー。",
  "Administrators who distribute tasks and scripts by policy.":
    "ポリシーでタスクやスクリプトを配布する管理者。",
  "Administrators who open a tool out of these consoles.":
    "これらのコンソールからツールを開く管理者。",
  "Administrators who run an installer from their own disk.":
    "自分のディスクからインストーラーを実行する管理者。",
  "Administrators who use mstsc /restrictedAdmin on purpose.":
    "mstsc /restrictedAdmin を意図して使う管理者。",
  "Administrators who use runas /netonly.": "runas /netonly を使う管理者。",
  "Administrators, inventory and audit tools.": "管理者、資産管理や監査のツール。",
  "Administrators.": "管理者。",
  "An administrator adds the OpenSSH feature of Windows.":
    "管理者によるWindowsのOpenSSH機能の追加。",
  "An administrator adds, removes or repairs a domain controller.":
    "管理者によるドメインコントローラーの追加、削除、修復。",
  "An administrator empties logs when a machine is imaged, repurposed or used for tests.":
    "端末のイメージ作成、転用、試験の際に管理者がログを空にする。",
  "An administrator sets up a machine or a user.": "管理者による端末または利用者の設定。",
  "An administrator sets up key logon.": "管理者による鍵ログオンの設定。",
  "An administrator switches RDP on.": "管理者がRDPを有効化する。",
  "An administrator thins out a noisy subcategory by hand.":
    "管理者が記録の多いサブカテゴリを手動で減らす。",
  "Windows PE itself, where it is run from a stick or over the network.":
    "USBメモリやネットワークから起動したWindows PE自体。",
  "Setup and updates of these services.": "これらのサービスのインストールと更新。",
  "Another antivirus product takes over and sets Defender's services to manual.":
    "別のウイルス対策製品への切り替えによりDefenderのサービスが手動に設定される。",
  "Another antivirus product takes over; an administrator or user switches it off for a test.":
    "別のウイルス対策製品への切り替え、管理者または利用者による試験のための無効化。",
  "Another antivirus product takes over; exclusions that administrators set.":
    "別のウイルス対策製品への切り替え、管理者が設定する除外。",
  "Another firewall product takes over; tests.": "別のファイアウォール製品への切り替え、試験。",
  "Antivirus, monitoring and inventory agents.": "ウイルス対策、監視、資産管理のエージェント。",
  "Antivirus, monitoring and inventory agents; debuggers.":
    "ウイルス対策、監視、資産管理のエージェント、デバッガー。",
  "Applications with an old password.": "古いパスワードを使い続けるアプリケーション。",
  "Backup and password managers.": "バックアップやパスワード管理のソフトウェア。",
  "Backup software and administrators that make room; rare.":
    "バックアップソフトウェアや空き容量を確保する管理者（まれ）。",
  "Backup software.": "バックアップソフトウェア。",
  "Backups to the cloud that the organisation itself makes.":
    "組織自身が行うクラウドへのバックアップ。",
  "Browsers and their updaters, protected programs.":
    "ブラウザーとその更新プログラム、保護されたプログラム。",
  "Browsing of the network, printers, older systems, domain controllers among themselves.":
    "ネットワークの参照、プリンター、古いシステム、ドメインコントローラー間の通信。",
  "Clean-up jobs that delete archived logs after they were collected.":
    "収集済みの退避ログを削除するクリーンアップジョブ。",
  "Clean-up programs.": "クリーンアップソフトウェア。",
  "Computers that were restored from an old image or cloned.":
    "古いイメージから復元または複製されたコンピューター。",
  "Consoles of administrators, inventory and monitoring.": "管理者のコンソール、資産管理、監視。",
  "Copies in test and recovery environments.": "試験環境や復旧環境での複製。",
  "Debuggers, accessibility and screen tools.": "デバッガー、アクセシビリティや画面関連のツール。",
  "Debuggers, portable tools that list processes.":
    "デバッガー、プロセスを一覧表示するポータブルツール。",
  "Developers and support staff who publish a local port on purpose.":
    "ローカルポートを意図して公開する開発者やサポート担当者。",
  "Developers who forward ports to virtual machines (WSL), legacy applications.":
    "仮想マシン（WSL）へポートを転送する開発者、古いアプリケーション。",
  "Developers who show their work; VPN products of this kind that the organisation uses.":
    "成果を公開する開発者、組織が使用するこの種のVPN製品。",
  "Developers who test their own server.": "自分のサーバーを試験する開発者。",
  "Directory synchronisation and migration tools with an account of another name.":
    "別名のアカウントを使うディレクトリ同期や移行のツール。",
  "Enrolment of smart cards and devices on behalf of users.":
    "利用者に代わるスマートカードや機器の登録。",
  "Event Viewer of an administrator, log collectors, inventory.":
    "管理者のイベントビューアー、ログ収集、資産管理。",
  "Every logon of an administrator, service accounts with such rights.":
    "管理者や、そのような権利を持つサービスアカウントのログオンのたびに記録される。",
  "Every ordinary shutdown and restart.": "通常のシャットダウンと再起動のたびに記録される。",
  "Every program that starts with Windows.": "Windowsとともに起動するすべてのプログラム。",
  "Everyday administration and remote work.": "日常の管理とリモートワーク。",
  "Everyday administration, backup and deployment jobs.":
    "日常の管理、バックアップや配備のジョブ。",
  "Everyday use of an RDP session.": "RDPセッションの日常的な利用。",
  "Exclusions that administrators set for databases and backups.":
    "管理者がデータベースやバックアップのために設定する除外。",
  "Expired passwords in saved drives, services and telephones.":
    "保存済みのドライブ接続、サービス、携帯端末に残った期限切れのパスワード。",
  "Expired passwords in saved drives, services and telephones; scanners.":
    "保存済みのドライブ接続、サービス、携帯端末に残った期限切れのパスワード、スキャナー。",
  "File shares, printing, domain controllers, management; nearly all of it.":
    "ファイル共有、印刷、ドメインコントローラー、管理。ほとんどが通常の利用である。",
  "First user of a new installation, Group Policy, management agents.":
    "新規インストール後の最初のユーザー、グループポリシー、管理エージェント。",
  "Group Policy refresh, security baselines, installation of Windows.":
    "グループポリシーの更新、セキュリティ基準の適用、Windowsのインストール。",
  "Group Policy takes a setting back that no longer applies.":
    "適用されなくなった設定をグループポリシーが取り消す。",
  "Hard power-off, overload at boot, a provider whose manifest is broken.":
    "強制的な電源断、起動時の過負荷、マニフェストが壊れたプロバイダー。",
  "Home-made jobs of administrators; updaters that live in the user's profile.":
    "管理者の自作ジョブ、ユーザープロファイルに置かれた更新プログラム。",
  "Home-made services of administrators that start a batch file.":
    "バッチファイルを起動する管理者の自作サービス。",
  "Home-made services of administrators.": "管理者の自作サービス。",
  "Installation and every planned update of the configuration.":
    "インストールと、計画された設定更新のたびに記録される。",
  "Installation and update of programs.": "プログラムのインストールと更新。",
  "Installation of Exchange or of directory synchronisation; planned delegation.":
    "Exchangeやディレクトリ同期のインストール、計画的な委任。",
  "Installation of VPN clients, antivirus, virtual machine tools.":
    "VPNクライアント、ウイルス対策、仮想マシンツールのインストール。",
  "Installation of databases and backup software that give rights to their service account.":
    "サービスアカウントに権利を与えるデータベースやバックアップソフトウェアのインストール。",
  "Installation of old server products and print servers.":
    "古いサーバー製品やプリントサーバーのインストール。",
  "Installation scripts that unpack to a temporary folder.":
    "一時フォルダーに展開するインストールスクリプト。",
  "Installers and administrators.": "インストーラーや管理者。",
  "Installers and test runs that start from a temporary folder; forensic and diagnostic tools started by hand.":
    "一時フォルダーから動作するインストーラーや試験、手動で起動したフォレンジックや診断のツール。",
  "Installers of connection profiles; rare.": "接続プロファイルのインストーラー（まれ）。",
  "Installers started as SYSTEM by software distribution.":
    "ソフトウェア配布によりSYSTEMとして起動されるインストーラー。",
  "Installers that clean up after a restart (RunOnce).":
    "再起動後に後始末をするインストーラー（RunOnce）。",
  "Installers that hide their helpers.": "補助プログラムを隠すインストーラー。",
  "Installers that unpack a library of the same name.":
    "同名のライブラリを展開するインストーラー。",
  "Installers, driver vendors and troubleshooters that empty a log of their own.":
    "自らのログを空にするインストーラー、ドライバーのベンダー、トラブルシューティングツール。",
  "Installers, unpackers and synchronisation that keep the time of the original.":
    "元の日時を保つインストーラー、展開ツール、同期ソフトウェア。",
  "Installers, updaters of browsers and cloud storage.":
    "インストーラー、ブラウザーやクラウドストレージの更新プログラム。",
  "Inventory, monitoring and software distribution that work over WMI.":
    "WMIで動作する資産管理、監視、ソフトウェア配布。",
  "Jobs that run as the built-in Administrator and reach their own host by name.":
    "組み込みAdministratorとして動作し、自ホストに名前で接続するジョブ。",
  "Joining computers to the domain.": "コンピューターのドメインへの参加。",
  "Joining, renaming and resetting of computers by administrators.":
    "管理者によるコンピューターの参加、名前変更、再設定。",
  "Kiosk software that replaces the shell; disk tools that run at boot.":
    "シェルを置き換えるキオスク用ソフトウェア、起動時に動作するディスクツール。",
  "Kiosks and old file shares without passwords.":
    "パスワードのないキオスク端末や古いファイル共有。",
  "Machines of driver developers.": "ドライバー開発者の端末。",
  "Maintenance jobs of the database that use xp_cmdshell.":
    "xp_cmdshellを使うデータベースの保守ジョブ。",
  "Maintenance jobs that enable the option and disable it again.":
    "このオプションを有効化して再び無効化する保守ジョブ。",
  "Management agents (SCCM, hardware vendors).": "管理エージェント（SCCM、ハードウェアベンダー）。",
  "Management agents and installers that pass encoded commands.":
    "符号化したコマンドを渡す管理エージェントやインストーラー。",
  "Management of log channels by policy.": "ポリシーによるログチャネルの管理。",
  "Management of workgroup hosts that needs LocalAccountTokenFilterPolicy; test machines.":
    "LocalAccountTokenFilterPolicyを必要とするワークグループのホストの管理、試験用の端末。",
  "Management over WMI or the remote registry; preferences of Group Policy.":
    "WMIやリモートレジストリによる管理、グループポリシーの基本設定。",
  "Mapped drives, mail and database clients, RDP and consoles with other credentials.":
    "ネットワークドライブ、メールやデータベースのクライアント、別の資格情報によるRDPやコンソール。",
  "Migration of accounts between domains.": "ドメイン間のアカウント移行。",
  "Mistyped and expired passwords in saved drives, services and telephones.":
    "保存済みのドライブ接続、サービス、携帯端末での入力誤りや期限切れのパスワード。",
  "Mistyped and expired passwords.": "入力誤りや期限切れのパスワード。",
  "Mistyped passwords, jobs with an old key, scanners of the Internet where port 22 is open to it.":
    "入力誤りのパスワード、古い鍵を使うジョブ、22番ポートが公開されている場合のインターネットからのスキャン。",
  "None known for these components; other components are refused every day.":
    "これらのコンポーネントでは知られていない。他のコンポーネントは日常的に拒否される。",
  "None known.": "知られていない。",
  "None known; computer accounts are recorded as 4741.":
    "知られていない。コンピューターアカウントは4741として記録される。",
  "None known; drivers live in the folder 3.":
    "知られていない。ドライバーはフォルダー3に置かれる。",
  "None known; the desktop shell offers no service to the network.":
    "知られていない。デスクトップシェルはネットワークにサービスを提供しない。",
  "Office add-ins and macros of the house.": "社内のOfficeアドインやマクロ。",
  "Old applications that need the flag.": "このフラグを必要とする古いアプリケーション。",
  "Old installers and administrative scripts.": "古いインストーラーや管理用スクリプト。",
  "Old installers of drivers.": "ドライバーの古いインストーラー。",
  "Old password filters and smart card software.":
    "古いパスワードフィルターやスマートカードのソフトウェア。",
  "Ordinary account administration, LAPS.": "通常のアカウント管理、LAPS。",
  "Ordinary account administration, installation of Windows and of products.":
    "通常のアカウント管理、Windowsや製品のインストール。",
  "Ordinary account administration, installation of Windows.":
    "通常のアカウント管理、Windowsのインストール。",
  "Ordinary account administration.": "通常のアカウント管理。",
  "Ordinary administration.": "通常の管理作業。",
  "Other RDP clients, scanners and monitoring.": "他のRDPクライアント、スキャナー、監視。",
  "Planned changes of domain administrators.": "ドメイン管理者による計画的な変更。",
  "Planned changes, leaving a domain.": "計画的な変更、ドメインからの離脱。",
  "Planned changes; promotion of a domain controller.":
    "計画的な変更、ドメインコントローラーの昇格。",
  "Portable RDP managers.": "ポータブル版のRDP管理ツール。",
  "Portable programs that bring such a library of their own.":
    "そのようなライブラリを自ら同梱するポータブルプログラム。",
  "Preparation of media for a new domain controller; backup scripts.":
    "新しいドメインコントローラー用メディアの準備、バックアップスクリプト。",
  "Preparation of media for a new domain controller; backups and restores of a domain controller.":
    "新しいドメインコントローラー用メディアの準備、ドメインコントローラーのバックアップと復元。",
  "Print servers, replicated folders.": "プリントサーバー、複製フォルダー。",
  "Printer software that runs a helper from the spooler.":
    "スプーラーから補助プログラムを実行するプリンターソフトウェア。",
  "Process Explorer in place of the task manager; debuggers of developers.":
    "タスクマネージャーの代わりのProcess Explorer、開発者のデバッガー。",
  "Products for password synchronisation and smart cards that add a package.":
    "パッケージを追加するパスワード同期製品やスマートカード製品。",
  "Products that bring RDP through an agent on the host (cloud consoles, some remote support tools, guest additions of virtual machines).":
    "ホスト上のエージェントを通じてRDPを提供する製品（クラウドのコンソール、一部の遠隔支援ツール、仮想マシンのゲスト機能）。",
  "Products that bring RDP through an agent on the host.":
    "ホスト上のエージェントを通じてRDPを提供する製品。",
  "Products that bring RDP through an agent on the host; port checks by monitoring.":
    "ホスト上のエージェントを通じてRDPを提供する製品、監視によるポートの確認。",
  "Programs that automate Office or a console from a script.":
    "スクリプトからOfficeやコンソールを自動操作するプログラム。",
  "Programs that install themselves into the user's profile.":
    "ユーザープロファイルに自らをインストールするプログラム。",
  "Programs that reach their own host by name; monitoring.":
    "自ホストに名前で接続するプログラム、監視。",
  "Programs that register themselves for a file type of these names; rare.":
    "これらの名前のファイル種別に自らを登録するプログラム（まれ）。",
  'Programs that the user wants to start at logon; Office\'s "Send to OneNote".':
    "利用者がログオン時に起動したいプログラム、Officeの「OneNoteに送る」。",
  "Promotion or renaming of a real domain controller.":
    "正規のドメインコントローラーの昇格または名前変更。",
  "Protected programs, games and scripting engines that make code while they run.":
    "実行中にコードを生成する保護されたプログラム、ゲーム、スクリプトエンジン。",
  "Remote support tools that the organisation itself uses.": "組織自身が使用する遠隔支援ツール。",
  "Remote support tools that the organisation itself uses; Quick Assist with the own help desk.":
    "組織自身が使用する遠隔支援ツール、自社ヘルプデスクとのクイックアシスト。",
  "Repair of a journal on the advice of a vendor; rare.":
    "ベンダーの助言によるジャーナルの修復（まれ）。",
  "Repair tools that reset passwords.": "パスワードを再設定する修復ツール。",
  "Replication between domain controllers; Entra Connect.":
    "ドメインコントローラー間の複製、Entra Connect。",
  "Reset of a forgotten password by hand.": "忘れたパスワードの手作業による再設定。",
  "Run as another user.": "別のユーザーとして実行。",
  "Runs by itself every hour; each new member of an admin group appears once.":
    "1時間ごとに自動で動作し、管理者グループの新しいメンバーごとに1回現れる。",
  "Scanners, printers, network storage, Linux clients, RDP with network level authentication.":
    "スキャナー、プリンター、ネットワークストレージ、Linuxクライアント、ネットワークレベル認証を使うRDP。",
  "Scripts of administrators that fetch files with BITS.":
    "BITSでファイルを取得する管理者のスクリプト。",
  "Scripts that prepare images or demonstrations.": "イメージやデモを準備するスクリプト。",
  "Services whose account knows only RC4; domains that still allow it. One account asking for many services within minutes is the sign.":
    "RC4にしか対応しないアカウントのサービス、RC4をまだ許可しているドメイン。1つのアカウントが数分間に多数のサービスを要求していれば兆候となる。",
  "Set-up of clusters and services by administrators; Windows Hello for Business written by its sync account.":
    "管理者によるクラスターやサービスの設定、同期アカウントが書き込むWindows Hello for Business。",
  "Set-up of machines; very old scripts.": "端末の初期設定、非常に古いスクリプト。",
  "Set-up of web farms and databases with delegation; promotion of a domain controller.":
    "委任を使うWebファームやデータベースの設定、ドメインコントローラーの昇格。",
  "Set-up scripts and administrators.": "初期設定スクリプトや管理者。",
  "Set-up scripts of administrators.": "管理者の初期設定スクリプト。",
  "Shell extensions and script components that are not signed.":
    "署名のないシェル拡張やスクリプトコンポーネント。",
  "Shutdown of the host, update or removal of Sysmon by its administrator.":
    "ホストのシャットダウン、管理者によるSysmonの更新や削除。",
  "Software distribution and administrators who copy tools.":
    "ソフトウェア配布、ツールをコピーする管理者。",
  "Software distribution and administrators who copy tools; file servers.":
    "ソフトウェア配布、ツールをコピーする管理者、ファイルサーバー。",
  "Software distribution from a server of the house.": "社内サーバーからのソフトウェア配布。",
  "Software distribution of the organisation.": "組織のソフトウェア配布。",
  "Software distribution that ships compatibility fixes.": "互換性修正を配布するソフトウェア配布。",
  "Support staff who dump LSASS for Microsoft.":
    "Microsoftへの提供のためにLSASSをダンプするサポート担当者。",
  "Support staff who dump LSASS for Microsoft; rare and announced.":
    "Microsoftへの提供のためにLSASSをダンプするサポート担当者（まれで、事前に知らされる）。",
  "Synchronisation of profiles (SharePoint) and identity products.":
    "プロファイルの同期（SharePoint）やID管理製品。",
  "Test files, administrators' tools that Defender counts as unwanted.":
    "テスト用ファイル、Defenderが望ましくないとみなす管理者のツール。",
  "Tests by the own security team; texts of detection products.":
    "自社セキュリティ部門による試験、検知製品の文字列。",
  "The agent of the organisation's own IT service provider.":
    "組織が契約するITサービス事業者のエージェント。",
  "The help desk.": "ヘルプデスク。",
  "The log is set not to overwrite and nobody has looked after it.":
    "ログが上書きしない設定になっており、誰も確認していない。",
  "The yearly change of this password.": "このパスワードの年次変更。",
  "Tools of administrators and developers in their own folders.":
    "管理者や開発者が自分のフォルダーに置いたツール。",
  "Tools that read hardware sensors or flash firmware; drivers under test.":
    "ハードウェアセンサーの読み取りやファームウェア更新のツール、試験中のドライバー。",
  "Tools that unpack a driver when they are started (hardware monitors, debuggers).":
    "起動時にドライバーを展開するツール（ハードウェア監視、デバッガー）。",
  "Update services of other vendors, distribution servers of the house.":
    "他ベンダーの更新サービス、社内の配布サーバー。",
  "Upgrade assistants of Microsoft under other names.":
    "Microsoftの別名のアップグレードアシスタント。",
  "Users who switch the warnings off; add-ins that need access to projects.":
    "警告を無効にする利用者、プロジェクトへのアクセスを必要とするアドイン。",
  "Vulnerability scanners.": "脆弱性スキャナー。",
  "Web applications that call command line tools.":
    "コマンドラインツールを呼び出すWebアプリケーション。",
  "Web applications that start local programs.":
    "ローカルのプログラムを起動するWebアプリケーション。",
};
