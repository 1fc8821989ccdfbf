/** What the analyzers say without values, in Japanese, by their English text; see ja-sentences.ts. */
export const JA_ANALYZER_SENTENCES: Readonly<Record<string, string>> = {
  "browser history, Sysmon 1, 11 and 22, Security 4688":
    "ブラウザー履歴、Sysmon 1、11、22、Security 4688",
  "Security 4624 type 9, Sysmon 10": "Security 4624 種類 9、Sysmon 10",
  "Security 4624, 4648 and 4672, TerminalServices-LocalSessionManager":
    "Security 4624、4648、4672、TerminalServices-LocalSessionManager",
  "Security 4624, 4648 and 4778": "Security 4624、4648、4778",
  "Security 4624, 4768 and 4776": "Security 4624、4768、4776",
  "Security 4648 and 4688, Sysmon 1, 3 and 10": "Security 4648、4688、Sysmon 1、3、10",
  "Security 4648, RDPClient 1024 and 1102, firewall":
    "Security 4648、RDPClient 1024、1102、ファイアウォール",
  "Security 4688, 4697 and 4778, System 7045, LocalSessionManager":
    "Security 4688、4697、4778、System 7045、LocalSessionManager",
  "Security 4688, Sysmon 1 and 10": "Security 4688、Sysmon 1、10",
  "Security 4688, Sysmon 1, PowerShell 4104": "Security 4688、Sysmon 1、PowerShell 4104",
  "Security, Sysmon, Defender, proxy and VPN logs":
    "Security、Sysmon、Defender、プロキシとVPNのログ",
  "Sysmon 1 and 3, Security 4688 and 5156": "Sysmon 1、3、Security 4688、5156",
  "Sysmon 1 and 3, Security 5156 and 4688": "Sysmon 1、3、Security 5156、4688",
  "Sysmon 11, Security 4663": "Sysmon 11、Security 4663",
  "Sysmon 11, Security 4663 and 5145": "Sysmon 11、Security 4663、5145",
  "Sysmon 3, Security 5156, firewall and proxy":
    "Sysmon 3、Security 5156、ファイアウォール、プロキシ",
  "System 7045, Security 4688 and 4697, TaskScheduler 106":
    "System 7045、Security 4688、4697、TaskScheduler 106",
  "System 7045, TaskScheduler 106, Security 4698, 4720 and 4732":
    "System 7045、TaskScheduler 106、Security 4698、4720、4732",
  "firewall and proxy, Sysmon 3, Security 5156":
    "ファイアウォール、プロキシ、Sysmon 3、Security 5156",
  "the product's own log files": "製品自身のログファイル",

  "Security 4624 (logon): the session ends in these logs and begins in none":
    "Security 4624（ログオン）: セッションの終わりはあるが、始まりがどのログにもない",

  "What precedes and accompanies encryption was done on these hosts.":
    "暗号化の前後に行われる操作がこれらのホストで確認されています。",
  "Backup products delete their own shadow copies; installers and updates stop services and use the restart manager.":
    "バックアップ製品による自身のシャドウコピーの削除。インストーラーや更新によるサービスの停止と再起動マネージャーの使用。",
  "Data was gathered or copied out, and nothing shows that it was encrypted.":
    "データの収集または持ち出しがあり、暗号化を示すものはありません。",
  "Backups and software distribution use archivers and bulk copy tools too.":
    "バックアップやソフトウェア配布による書庫ツールや一括コピーツールの使用。",
  "A remote support program was brought to the host of somebody who was working there.":
    "利用者が作業中のホストに遠隔支援プログラムが持ち込まれています。",
  "Software distribution and contracted support install the same products.":
    "ソフトウェア配布や契約先のサポートによる同じ製品の導入。",
  "One step follows another as when a person goes from host to host and right to right.":
    "人がホストからホストへ、権限から権限へと進むときのように、操作が順に続いています。",
  "Administration, software distribution and vulnerability scanners reach many hosts with strong accounts.":
    "管理作業、ソフトウェア配布、脆弱性スキャナーによる、強い権限での多数のホストへの接続。",

  "Far more connections to one destination than usual": "1つの宛先への普段より大幅に多い接続",
  "connections are counted, not bytes: only the network's own records tell how much left":
    "数えたのは接続で、バイト数ではない: 送信量はネットワーク側の記録でしか分からない",
  "Backups, updates, video meetings and web pages with many parts.":
    "バックアップ、更新、ビデオ会議、構成要素の多いWebページ。",
  "Ordinary work with a service that opens many connections.":
    "多数の接続を開くサービスの通常の利用。",
  "One program tried many destinations within minutes":
    "1つのプログラムによる数分以内の多数の宛先への接続",
  "Vulnerability scanners, monitoring and management servers.":
    "脆弱性スキャナー、監視サーバー、管理サーバー。",
  "A management or monitoring program: then it does so every day.":
    "管理または監視プログラム: それなら毎日繰り返すはず。",
  "Is this host meant to scan the network?":
    "このホストはネットワークをスキャンする用途のものですか。",
  "an account may get new duties, and a log may be shorter than a habit":
    "アカウントに新しい業務が割り当てられることも、ログが習慣より短いこともある",
  "New duties, holidays, monthly maintenance and new management tools.":
    "新しい業務、休暇、月次の保守、新しい管理ツール。",
  "The account's owner has a new duty: ask; then the next weeks show the same.":
    "アカウントの持ち主に新しい業務がある: 本人に確認する。それなら翌週以降も続くはず。",

  "sites were guessed from DNS domains: an inventory would tell":
    "拠点はDNSドメインからの推定: 台帳があれば確かめられる",
  "Central administration and software distribution use the same accounts and programs at all sites.":
    "集中管理やソフトウェア配布は、全拠点で同じアカウントとプログラムを使う。",
  "Central administration: then the accounts and programs are known to the owner, and the hours are theirs.":
    "集中管理: それならアカウントとプログラムを管理者が把握しており、時刻も業務時間に合う。",
  "Several intruders with the same public tool: less likely when accounts or addresses are the same too.":
    "同じ公開ツールを使う別々の侵入者: アカウントやアドレスも同じなら可能性は低い。",
  "The same names on all hosts of all sites, as far back as logs and backups reach":
    "全拠点の全ホストで、ログとバックアップがさかのぼる範囲の同じ名前",

  "Connections that return like a clock": "時計のように繰り返される接続",
  "updates, synchronisation, monitoring and chat programs keep time as well":
    "更新、同期、監視、チャットのプログラムも一定間隔で接続する",
  "Update checks, mail and file synchronisation, monitoring agents, open web pages.":
    "更新の確認、メールやファイルの同期、監視エージェント、開いたままのWebページ。",
  "A program that somebody installed on purpose and that asks for news: then its maker owns the destination.":
    "意図して導入され、更新を問い合わせるプログラム: それなら宛先の所有者はその作成元である。",
  "With a destination that is known to serve an intruder, konseki triage --known-c2 ranks the others by likeness":
    "侵入者の使う宛先が1つ分かっていれば、konseki triage --known-c2 が他の宛先を類似度で順位付けする",
  "Is this program known, and since when is it on this host?":
    "このプログラムは把握済みですか。いつからこのホストにありますか。",

  "Administrators create accounts, fill groups and install services as their work; their own accounts then show such chains.":
    "管理者はアカウントの作成、グループへの追加、サービスの登録を業務として行い、その場合も同様の経過となる。",
  "The owner of the account did this as work: less likely at odd hours, from a new host, or with tools that steal passwords.":
    "アカウントの持ち主の業務: 不自然な時間帯、新しいホスト、パスワードを盗むツールを伴うなら可能性は低い。",
  "Different people use the account: then the steps need not belong together.":
    "複数の人がアカウントを使っている: それなら各段階は無関係かもしれない。",
  "Whether what was gained is still there: group members, accounts, services, tasks, rights in the directory":
    "得られた権限が残っていないか: グループのメンバー、アカウント、サービス、タスク、ディレクトリの権限",
  "replicated password hashes of the domain (DCSync)":
    "ドメインのパスワードハッシュを複製（DCSync）",
  "made a computer act as a domain controller (DCShadow)":
    "コンピューターをドメインコントローラーとして動作させた（DCShadow）",
  "managed the replication topology": "複製トポロジを操作",
  "changed the access rights of the domain object": "ドメインオブジェクトのアクセス権を変更",
  "gave a Group Policy a task or script": "グループポリシーにタスクまたはスクリプトを設定",
  "wrote an attribute that lets one account act as another":
    "他のアカウントとして振る舞える属性を書き込み",
  "asked for a certificate in another account's name": "他のアカウント名義の証明書を要求",
  "allowed an account to be used for delegation": "アカウントの委任を許可",
  "weakened how an account signs in": "アカウントのサインイン方式を弱体化",
  "opened the memory of LSASS": "LSASSのメモリを開いた",
  "dumped the memory of LSASS by command": "コマンドでLSASSのメモリをダンプ",
  "copied the account database by command": "コマンドでアカウントデータベースを複製",
  "assigned a powerful user right": "強いユーザー権利を割り当て",
  "had a command run as SYSTEM by a service": "サービスによりSYSTEMでコマンドを実行",
  "had a remote execution tool run as SYSTEM by a service":
    "サービスによりSYSTEMで遠隔実行ツールを実行",
  "had a program in an odd place run as a service":
    "通常と異なる場所のプログラムをサービスとして実行",
  "had a command run by a scheduled task": "スケジュールタスクによりコマンドを実行",
  "used a pipe to become SYSTEM": "パイプを使ってSYSTEM権限を取得",
  "started a shell as SYSTEM from a user's folder": "利用者のフォルダーからSYSTEMでシェルを起動",
  "took over another session with tscon": "tsconで他のセッションを乗っ取り",
  "prepared to bypass user account control": "ユーザーアカウント制御の回避を準備",
  "bypassed user account control": "ユーザーアカウント制御を回避",
  "enabled the right to debug": "デバッグ権限を有効化",
  "took other credentials for the network": "ネットワーク用に別の資格情報を使用",
  "asked for a service ticket that can be broken offline (Kerberoasting)":
    "オフラインで解読可能なサービスチケットを要求（Kerberoasting）",
  "had its ticket given out without pre-authentication": "事前認証なしでチケットが発行された",
  "had its access rights reset as one of the protected administrators":
    "保護された管理者としてアクセス権が再設定された",

  "Jump hosts, management servers and scanners: give them the role management in the inventory.":
    "踏み台サーバー、管理サーバー、スキャナー: 台帳で役割 management を付ける。",
  "the records tell of the movement": "移動の記録がある",
  "the records tell of the connection": "接続の記録がある",
  "a connection is no logon: it may have been refused":
    "接続はログオンではない: 拒否された可能性がある",
  "somebody logged on from there": "そこからログオンがあった",
  "the inventory may not be complete": "台帳が完全でない可能性がある",
  "rows of the inventory could not be used: the address may be in one of them":
    "台帳に使えない行があり、このアドレスはその行に含まれる可能性がある",
  "A segment that is missing in the inventory; address translation; a cloud.":
    "台帳にないセグメント、アドレス変換、クラウド。",
  "the records name the address for this host": "このホストのアドレスとして記録されている",
  "the inventory may be out of date, or the host has several addresses":
    "台帳が古いか、ホストに複数のアドレスがある可能性がある",
  "Notebooks, VPN clients, clusters, and inventories that are out of date.":
    "ノートPC、VPNクライアント、クラスター、古い台帳。",
  "Whether another machine used the name of this host at that time":
    "その時刻に別の端末がこのホスト名を使っていないか",

  "Destination that is known to serve an intruder was used": "侵入者が使う既知の宛先への接続",
  "the records name the destination": "宛先が記録されている",
  "Addresses of hosting companies serve others too.":
    "ホスティング事業者のアドレスは他の利用者も使う。",
  "Destination used like one that is known to serve an intruder":
    "侵入者が使う既知の宛先に似た使われ方の宛先",
  "Anything that the same program does at the same hours, such as its updates.":
    "同じプログラムが同じ時間帯に行う動作（更新など）。",
  "A service that the same program uses for ordinary reasons.":
    "同じプログラムが通常の理由で使うサービス。",
  "Who owns the destination, since when its name exists, and who else uses it":
    "宛先の所有者、その名前の登録時期、他の利用者",
  "interval between connections": "接続の間隔",
  jitter: "ばらつき",
  programs: "プログラム",
  ports: "ポート",
  hosts: "ホスト",
  "number of connections": "接続の回数",
  "hours of the day": "時間帯",

  "Was this account meant to go this way?":
    "このアカウントがこの経路を使うことは認められていますか。",
  "Session at an hour at which nobody works on the host":
    "そのホストで普段誰も作業しない時間帯のセッション",
  "Session at an hour at which the account never works":
    "アカウントの普段の時間帯から外れたセッション",
  "people work late, travel, and answer calls at night": "残業、出張、夜間の呼び出し対応がありうる",
  "On-call duty, travel to another time zone, maintenance at night.":
    "当番対応、時差のある出張、夜間の保守。",
  "The owner worked at an unusual hour: ask; door or VPN records would agree.":
    "持ち主が通常と異なる時間に作業した: 本人に確認する。入退室やVPNの記録と一致するはず。",
  "Did the owner of the account work at that hour?":
    "アカウントの持ち主はその時刻に作業していましたか。",

  "Administrators who work from home over the same VPN.": "同じVPNで在宅勤務する管理者。",
  "The user's own device was taken over and came in over its ordinary VPN session: then its address at the VPN is the usual one.":
    "利用者自身の機器が乗っ取られ、通常のVPNセッションから入った: それならVPN上のアドレスは普段と同じである。",
  "Malware on an endpoint inside: less likely when no endpoint shows any before the VPN session.":
    "内部の端末のマルウェア: VPNセッションの前にどの端末にも兆候がなければ可能性は低い。",
  "Whether the device has holes that were known at that time, and accounts of its own that nobody made":
    "機器に当時既知の脆弱性や、作成者不明の独自アカウントがないか",
  "Home office, suppliers and remote support come in the same ways.":
    "在宅勤務、取引先、遠隔サポートも同じ経路を使う。",

  "An administrator tests or tunes the audit policy.": "管理者による監査ポリシーの試験や調整。",
  "Find the account's session by its logon id, and what it did in the time without auditing.":
    "ログオンIDからアカウントのセッションを特定し、監査のない間の行動を調べる。",
  "Auditing of logons was off for that moment: look for 4719.":
    "その時だけログオンの監査が無効だった: 4719を探す。",
  "Auditing of logons was off when the session began: look for 4719.":
    "セッション開始時にログオンの監査が無効だった: 4719を探す。",
  "The service was installed before the System log begins and only started now.":
    "サービスはシステムログの開始前に登録され、今回は起動しただけ。",
  "The record was not written because auditing was changed or the service was busy.":
    "監査の変更やサービスの過負荷により記録されなかった。",
  "Follow the session in the logs of the host it came from.":
    "接続元のホストのログでセッションを追う。",
  "who logged on, and from where": "誰がどこからログオンしたか",
  "which accounts and groups were changed": "どのアカウントやグループが変更されたか",
  "which programs were started": "どのプログラムが実行されたか",
  "which shares and files were opened": "どの共有やファイルが開かれたか",
  "which services were installed and started": "どのサービスが登録・起動されたか",
  "when Windows started, stopped and slept": "Windowsがいつ起動・停止・スリープしたか",
  "which other logs were cleared": "他のどのログが消去されたか",
  "which programs were installed and which crashed":
    "どのプログラムが導入され、どれが異常終了したか",
  "which malware was found and what became of it": "どのマルウェアが検知され、どう処理されたか",
  "which script code ran": "どのスクリプトが実行されたか",
  "when PowerShell was started": "PowerShellがいつ起動されたか",
  "which sessions were opened and ended": "どのセッションが開始・終了されたか",
  "which RDP clients authenticated": "どのRDPクライアントが認証されたか",
  "which scheduled tasks were made and ran": "どのスケジュールタスクが作成・実行されたか",
  "the event logging service shut down": "イベントログサービスが終了",
  "audit events were dropped": "監査イベントが欠落",
  "the Security log was full": "セキュリティログが満杯",
  "a log was archived by itself": "ログが自動的にアーカイブ",
  "the event logging service met an error": "イベントログサービスでエラーが発生",
  "the event log service started": "イベントログサービスが開始",
  "the event log service stopped": "イベントログサービスが停止",
  "the shutdown before was unexpected": "直前の予期しないシャットダウンを記録",
  "An administrator empties logs when a machine is imaged, repurposed or tested.":
    "端末の展開、転用、試験の際の管理者によるログの消去。",
  "Carve the disk or its unallocated space for the chunks of the cleared log: konseki recover.":
    "ディスクまたは未割り当て領域から、消去されたログのチャンクをカービングする: konseki recover。",
  "Ask shadow copies, archives, log collectors and backups for the time before the clearing.":
    "消去前の期間について、シャドウコピー、アーカイブ、ログ収集基盤、バックアップを確認する。",
  "an unnamed log": "名前の記録のないログ",
  "Records handed in late by their program.": "プログラムによる遅れた記録。",
  "A machine that starts with a flat clock battery.": "時計の電池が切れた端末の起動。",
  "The clock was set, and the record of it (Security 4616, Kernel-General 1) was removed or not audited.":
    "時計が変更され、その記録（Security 4616、Kernel-General 1）が消されたか、監査されていなかった。",
  "The record was made elsewhere and put into the log.":
    "別の場所で作られたレコードがログに入れられた。",
  "Compare the times with those of other hosts that had sessions with this one.":
    "このホストとセッションのあった他のホストの時刻と比較する。",
  "Look for Security 4616 and System Kernel-General 1 in other copies of the logs.":
    "ログの他の複製で Security 4616 と System の Kernel-General 1 を探す。",
  "Windows was installed anew over the old one, or a channel's software was removed.":
    "Windowsの上書きインストール、またはチャネルを持つソフトウェアの削除。",
  "The log was moved to another place or restored from a backup.":
    "ログの移動、またはバックアップからの復元。",
  "A log that a colleague saved with a filter for the case.":
    "調査のために同僚が絞り込んで保存したログ。",
  "Somebody saved a filtered log under the name of the live one: less likely among logs collected together.":
    "絞り込んだログを稼働中のログと同じ名前で保存した: 一括して採取したログの中では可能性が低い。",
  "Somebody saved the log with a filter.": "ログを絞り込んで保存した。",
  "Ask who made the file, and with which query.":
    "ファイルを作成した者と、その際の検索条件を確認する。",
  "Compare it with a shadow copy, an archive or a collector's copy of the same log.":
    "同じログのシャドウコピー、アーカイブ、収集基盤の複製と比較する。",
  "Read the hidden record: it is what somebody did not want to be seen.":
    "隠されたレコードを確認する。誰かが見せたくなかった内容である。",
  "A tool that edits logs had to stop the event log service or to work in its memory: look for that before the file's last change.":
    "ログを改ざんするツールは、イベントログサービスを停止するか、そのメモリを操作する必要がある。ファイルの最終変更前にその形跡を探す。",
  "Take no record number of this log behind the hidden one as evidence.":
    "このログでは、隠されたレコードより後のレコード番号を証拠としない。",
  "The hidden records can be read where they lie.": "隠されたレコードは、その場所で読み取れます。",
  "The log was archived, moved or given another size.":
    "ログのアーカイブ、移動、またはサイズ変更。",
  "The log was archived when it was full: look for Archive- files beside it.":
    "満杯時にアーカイブされた: 同じ場所の Archive- ファイルを探す。",
  "Look for Archive- files and shadow copies of the log.":
    "Archive- ファイルとログのシャドウコピーを探す。",
  "Carve the disk for its older chunks: konseki recover.":
    "ディスクから古いチャンクをカービングする: konseki recover。",
  "Logs that were cleared or archived long ago by their administrator.":
    "以前に管理者が消去またはアーカイブしたログ。",
  "Ask for archives and collected copies of the time before.":
    "それ以前のアーカイブや収集済みの複製の有無を確認する。",
  "Windows was installed anew, or the log file was damaged and replaced.":
    "Windowsの再インストール、またはログファイルの破損による置き換え。",
  "An archive or shadow copy of the time between was not collected.":
    "その間のアーカイブまたはシャドウコピーが採取されていない。",
  "Windows found the file damaged and began a new one: it then keeps the old one.":
    "Windowsがファイルの破損を検知し、新しいファイルを作った: その場合は古いファイルが残る。",
  "Ask for the archives and shadow copies of the time between.":
    "その間のアーカイブとシャドウコピーの有無を確認する。",
  "A log copied in the moment it was closed.": "ログが閉じられる瞬間の複製。",
  "The log was copied while it was written, and the dirty flag was not yet set.":
    "書き込み中で、使用中フラグが立つ前に複製された。",
  "Compare the log with another copy of it, and search its slack: konseki recover.":
    "ログを他の複製と比較し、未使用領域を調べる: konseki recover。",
  "An administrator restarted the service, or an update did.":
    "管理者または更新によるサービスの再起動。",
  "The service was restarted for maintenance: it is then back within seconds.":
    "保守のためのサービスの再起動: それなら数秒で再開する。",
  "Look for sc, net and taskkill before the stop, and for who was logged on.":
    "停止前の sc、net、taskkill の実行と、ログオンしていた者を調べる。",
  "Ask other hosts for what this one did in that time.":
    "その間のこのホストの動作を、他のホストのログで確認する。",
  "A virtual machine that was set back to a snapshot.": "スナップショットに戻された仮想マシン。",
  "The machine was set back to a snapshot, or its disk was cloned.":
    "スナップショットに戻されたか、ディスクが複製された。",
  "Look at the other logs of the host just before the start.":
    "起動直前のこのホストの他のログを確認する。",
  "A collection that failed on files in use.": "使用中のファイルで失敗した採取。",
  "The file could not be copied while Windows had it open.":
    "Windowsが使用中でファイルを複製できなかった。",
  "Look into the disk or a shadow copy for the files; carve for them: konseki recover.":
    "ディスクまたはシャドウコピーでファイルを探し、カービングする: konseki recover。",
  "A log copied while it was being written can lose a block between two copies.":
    "書き込み中に複製されたログは、途中のブロックを失うことがある。",
  "A filtered export leaves such jumps: less likely, because the record headers keep the original numbers.":
    "絞り込んだエクスポートでも番号が飛ぶ: レコードヘッダーに元の番号が残っているため可能性は低い。",
  "A block was lost when the file was copied: less likely, because no damage lies at the jump.":
    "複製時にブロックが失われた: 番号が飛ぶ箇所に破損がないため可能性は低い。",
  "Compare the records around the jump with a shadow copy or an archive of the same log.":
    "番号が飛ぶ前後のレコードを、同じログのシャドウコピーやアーカイブと比較する。",
  "Search the log's slack and the disk for the missing numbers: konseki recover.":
    "欠けた番号のレコードを、ログの未使用領域とディスクから探す: konseki recover。",
  "A copy of a log in use can mix blocks of different times.":
    "使用中のログの複製では、異なる時点のブロックが混在することがある。",
  "The file was copied while Windows wrote it, and blocks of two times stand side by side.":
    "Windowsの書き込み中に複製され、2つの時点のブロックが並んでいる。",
  "Look at the chunk in which it happens: the ledger gives its offset.":
    "該当するチャンクを調べる。位置は入力一覧にある。",
  "A Sysmon configuration that leaves out some starts of the program.":
    "プログラムの起動の一部を除外するSysmonの設定。",
  "Sysmon's filter left the parent out: compare its other starts.":
    "Sysmonのフィルターが親プロセスを除外した: 同じプログラムの他の起動と比較する。",
  "the log reaches back to the start of Windows and audits processes from then on":
    "ログはWindowsの起動時点まで遡り、それ以降プロセスが監査されている",
  "it records other starts of shells": "他のシェルの開始は記録されている",
  "the audit policy may have been changed without a record":
    "記録を残さずに監査ポリシーが変更された可能性がある",
  "Events were dropped under load: Security 1101 tells of it.":
    "負荷によりイベントが失われた場合: Security 1101 に記録されます。",
  "Windows dropped the event: look for 1101 in that period.":
    "Windowsがイベントを失った可能性: その期間の 1101 を確認してください。",
  "Look for the shell in Sysmon 1, prefetch and the PowerShell logs of that period.":
    "その期間の Sysmon 1、プリフェッチ、PowerShellログでこのシェルを探してください。",
  "Look at that second in Security 4688, prefetch and the PowerShell logs.":
    "その秒の Security 4688、プリフェッチ、PowerShellのログを確認する。",
  "Auditing or the channel was switched off for maintenance.":
    "保守のための監査またはチャネルの無効化。",
  "The source of the records was idle: less likely, because it never is that long.":
    "記録元が動作していなかった: これほど長い休止は前例がなく、可能性は低い。",
  "Auditing was switched off by policy: look for 4719 at both ends.":
    "ポリシーにより監査が無効にされた: 前後の4719を探す。",
  "Look for 4719, auditpol, wevtutil sl and stops of the event log service at both ends of the silence.":
    "沈黙の前後で 4719、auditpol、wevtutil sl、イベントログサービスの停止を探す。",
  "Compare with the clocks and logs of other hosts that had sessions with this one.":
    "このホストとセッションのあった他のホストの時計やログと比較する。",
  "A virtual machine that was paused or restored.": "一時停止または復元された仮想マシン。",
  "The machine was paused by its hypervisor: ask for the hypervisor's log.":
    "ハイパーバイザーによる一時停止: ハイパーバイザーのログを確認する。",
  "The threads of the event log service were ended while the service seems to run.":
    "サービスが動作して見えるまま、イベントログサービスのスレッドが終了された。",
  "Look for access to the event log service's process before the silence (Sysmon 10).":
    "沈黙の前のイベントログサービスのプロセスへのアクセス（Sysmon 10）を探す。",
  "Look for records of other hosts that name this one in that time: they show that it ran.":
    "その間にこのホストの名前がある他のホストの記録を探す。稼働していたことが分かる。",

  "administrators who start consoles by runas /netonly with a second account":
    "runas /netonly と別アカウントで管理コンソールを起動する管理者",
  "management software that connects with stored credentials":
    "保存された資格情報で接続する管理ソフトウェア",
  "clients that go by address instead of name, devices and scanners that speak NTLM only":
    "名前でなくアドレスで接続するクライアント、NTLMにしか対応しない機器やスキャナー",
  "a ticket was asked for with RC4, for which the hash of the password is enough":
    "RC4でチケットが要求された（パスワードのハッシュだけで要求できる）",
  "the account may know no AES key yet (password older than the domain's AES)":
    "アカウントにまだAESの鍵がない可能性がある（ドメインのAES対応前のパスワード）",
  "accounts whose password was set before the domain knew AES, old devices, RC4 set by policy":
    "ドメインのAES対応前に設定されたパスワード、古い機器、ポリシーによるRC4の指定",
  "an administrator who tunnels Remote Desktop over SSH or a gateway agent on purpose":
    "SSHやゲートウェイを介して意図的にリモートデスクトップを使う管理者",
  "remote support or test tools that connect to the machine's own desktop service":
    "端末自身のデスクトップサービスに接続する遠隔支援ツールや試験ツール",
  "administrators who move their own session to the console by tscon":
    "tsconで自分のセッションをコンソールに移す管理者",
  "a proxy, mail or terminal server through which many people sign in":
    "多数の人が経由してサインインするプロキシ、メール、ターミナルサーバー",
  "a vulnerability scanner with a list of accounts": "アカウントの一覧を持つ脆弱性スキャナー",
  "a service, mapped drive or phone that still has the old password":
    "古いパスワードのままのサービス、ネットワークドライブ、電話機",
  "somebody who forgot the password, found it and logged on":
    "パスワードを忘れ、思い出してログオンした利用者",
  "administrators who go over a jump host, above all on the first day of the logs":
    "踏み台サーバーを経由する管理者（特にログの初日）",
  "software distribution, backup or monitoring that runs with one account on many machines":
    "1つのアカウントで多数の端末に対して動くソフトウェア配布、バックアップ、監視",
  "controlled a machine from another one with a service (as PsExec does)":
    "別の端末からサービスで端末を操作（PsExecと同様）",
  "administrators who use PsExec, software distribution that installs an agent":
    "PsExecを使う管理者、エージェントを導入するソフトウェア配布",
  "made a scheduled task on a machine from another one": "別の端末から端末にタスクを作成",
  "software distribution and backup that plan their work from afar":
    "遠隔から処理を予約するソフトウェア配布やバックアップ",
  "ran a command on a machine from another one by WMI": "別の端末から端末でWMIによりコマンドを実行",
  "inventory and monitoring that read by WMI; they seldom start programs":
    "WMIで情報を取得する資産管理や監視（プログラムの起動はまれ）",
  "ran a command on a machine from another one by DCOM":
    "別の端末から端末でDCOMによりコマンドを実行",
  "management consoles that are pointed at another machine": "他の端末に接続した管理コンソール",
  "ran commands on a machine from another one by PowerShell remoting (WinRM)":
    "別の端末から端末でPowerShellリモート処理（WinRM）によりコマンドを実行",
  "administrators and automation that use PowerShell remoting":
    "PowerShellリモート処理を使う管理者や自動処理",
  "opened an administrative share of a machine from another one":
    "別の端末から端末の管理共有を利用",
  "administrators who copy files, backup, inventory":
    "ファイルを複製する管理者、バックアップ、資産管理",
  "came to a machine by SSH": "SSHで端末に接続",
  "administrators, deployment and backup over SSH": "SSHによる管理、配備、バックアップ",
  SSH: "SSH",
  "Remote Desktop": "リモートデスクトップ",
  "connected to the Remote Desktop service of a machine":
    "端末のリモートデスクトップサービスに接続",
  "connected to the SSH server of a machine": "端末のSSHサーバーに接続",
  "came to a machine by Remote Desktop": "リモートデスクトップで端末に接続",
  "administrators and people who work from home": "管理者や在宅勤務の利用者",
  "software distribution, inventory, backup, vulnerability scanners, monitoring":
    "ソフトウェア配布、資産管理、バックアップ、脆弱性スキャナー、監視",
  "a new task of an administrator, a new machine, patch days":
    "管理者の新しい業務、新しい端末、更新プログラムの適用日",
};
