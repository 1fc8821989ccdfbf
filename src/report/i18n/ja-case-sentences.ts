/** Japanese for the sentences of analyzers, by their English text; see ja-sentences.ts for the form. */
export const JA_CASE_SENTENCES: Readonly<Record<string, string>> = {
  "The case looks like ransomware": "ランサムウェア事案の疑い",
  "The case looks like theft of data without encryption": "暗号化を伴わないデータ窃取の疑い",
  "The case looks like a support scam": "サポート詐欺の疑い",
  "Somebody works by hand inside the network": "ネットワーク内で手作業による侵害の疑い",

  "shadow copies, backups or recovery were deleted":
    "シャドウコピー、バックアップまたは回復機能が削除された",
  "one program wrote hundreds of files within five minutes":
    "1つのプログラムが5分以内に数百個のファイルを書き込んだ",
  "a rule for encryption fired": "暗号化を示すルールが一致した",
  "many services were stopped within five minutes": "5分以内に多数のサービスが停止した",
  "the restart manager was busy, as when a program frees many open files":
    "再起動マネージャーが多用された（開かれたファイルを多数解放するときと同じ）",
  "protection was switched off or told to look away": "保護機能が無効化または除外設定された",
  "logs or other traces were removed": "ログなどの痕跡が消された",
  "a program was brought to other hosts and started there":
    "他ホストへプログラムが運ばれ実行された",
  "data was copied out with a bulk copy tool": "一括コピーツールでデータが持ち出された",
  "a bulk copy tool for cloud storage was started":
    "クラウドストレージ向けの一括コピーツールが実行された",
  "an archive was made on the command line": "コマンドラインで書庫が作成された",
  "a transfer job was set up on the command line": "コマンドラインで転送ジョブが設定された",
  "far more went to one destination than usual": "1つの宛先への通信が通常より大幅に多い",
  "passwords or the account database were taken":
    "パスワードまたはアカウントデータベースが盗まれた",
  "shadow copies or backups were deleted, which a thief has no need of":
    "シャドウコピーまたはバックアップが削除された（窃取だけなら不要）",
  "a remote support program was set up for access without the user":
    "遠隔支援プログラムが利用者不在でも接続できるよう設定された",
  "the service of a remote support program was installed":
    "遠隔支援プログラムのサービスが登録された",
  "the package of a remote support program was installed":
    "遠隔支援プログラムのパッケージが導入された",
  "a remote support program was started": "遠隔支援プログラムが実行された",
  "a browser was opened on the same host in the two hours before":
    "直前の2時間以内に同じホストでブラウザーが開かれた",
  "somebody went on to other hosts, which callers of this kind do not do":
    "他ホストへの移動がある（この種の詐欺では通常ない）",
  "passwords were taken out of memory or the directory":
    "メモリまたはディレクトリからパスワードが盗まれた",
  "hosts were reached over remote services: Remote Desktop, shares, services, tasks, WMI":
    "リモートサービス（リモートデスクトップ、共有、サービス、タスク、WMI）経由でホストに到達した",
  "passwords, tickets or the account database were taken":
    "パスワード、チケットまたはアカウントデータベースが盗まれた",
  "accounts or groups were changed so that somebody rules more than before":
    "アカウントまたはグループの変更で権限が拡大した",
  "somebody logged on from another host and worked there": "他ホストからログオンして作業した",
  "one account went over two hosts or more, hop by hop":
    "1つのアカウントが2台以上のホストを順に渡り歩いた",
  "other credentials were used towards another host": "他ホストに対して別の資格情報が使われた",
  "passwords were tried": "パスワードの試行があった",
  "hosts, accounts or rights were listed": "ホスト、アカウントまたは権限が列挙された",

  "Maintenance of backups or disk space by an administrator: less likely the more of the other signs stand beside it.":
    "管理者によるバックアップやディスク容量の保守: 他の兆候が並ぶほど可能性は低くなります。",
  "A wiper that destroys without asking for money: leaves the same records; a ransom note tells the two apart.":
    "金銭を要求しない破壊型マルウェア: 同じ記録が残ります。脅迫文の有無で区別できます。",
  "A backup or migration by the organisation itself: less likely when the account or host has never done so before.":
    "組織自身によるバックアップや移行: そのアカウントやホストに前例がなければ可能性は低くなります。",
  "The first half of an extortion whose encryption was stopped or is still to come.":
    "暗号化が阻止された、またはこれから行われる恐喝の前半。",
  "The help desk of the organisation gave support with this program: ask; the product and the time would fit a ticket.":
    "組織のヘルプデスクがこのプログラムで支援した: 製品と時刻が受付記録と一致するか確認してください。",
  "An intruder keeps a second way in with a known product: likelier when other hosts or accounts are touched.":
    "侵入者が既知の製品を予備の侵入路としている: 他のホストやアカウントにも及ぶなら可能性が高まります。",
  "An administrator at work: less likely the more the steps belong to different accounts and remove their own traces.":
    "管理者の作業: 複数のアカウントにわたり痕跡が消されているほど可能性は低くなります。",
  "A penetration test or exercise: leaves the same records; only the customer knows.":
    "ペネトレーションテストや演習: 同じ記録が残ります。お客様にしか分かりません。",

  "Look for a ransom note and one new file extension, and take the first changed file as the time of encryption":
    "脅迫文と新しい拡張子を探し、最初に変更されたファイルの時刻を暗号化の開始とする",
  "Look for the same program, service or task on all other hosts":
    "同じプログラム、サービス、タスクを他の全ホストで探す",
  "Look for archives and uploads before the encryption: data is mostly taken first":
    "暗号化の前の書庫作成とアップロードを探す（多くは先に窃取される）",
  "Measure what left to the destination of the tool": "ツールの宛先への通信量を測る",
  "Find the folder in which archives were gathered, and which files they hold":
    "書庫が集められたフォルダーと、その内容を調べる",
  "See which page the browser showed before, and whether a file was downloaded from it":
    "直前にブラウザーが表示したページと、そこからのダウンロードの有無を調べる",
  "Read the program's own log for the caller's id or address and for file transfers":
    "プログラム自身のログで相手のIDやアドレス、ファイル転送を調べる",
  "Follow each account that is named here to every host that it reached":
    "ここに挙げた各アカウントが到達した全ホストを追う",
  "Look for what was left behind to come back: services, tasks, accounts, keys":
    "再侵入のために残されたもの（サービス、タスク、アカウント、鍵）を探す",

  "Which backups lie where no host of the domain can reach them, and when was the last one restored as a test?":
    "ドメインのどのホストからも届かない場所にあるバックアップはどれで、最後に復元試験をしたのはいつですか。",
  "Was there a ransom note, and did anybody answer it?":
    "脅迫文はありましたか。誰か返答しましたか。",
  "Were services stopped or shadow copies deleted on purpose at that time, and by whom?":
    "その時刻にサービスの停止やシャドウコピーの削除を意図的に行った人はいますか。",
  "Does anybody copy data to cloud storage with such tools, from which hosts and when?":
    "このようなツールでクラウドへデータをコピーする業務はありますか。どのホストで、いつですか。",
  "What lies on the shares that the account could read, and whom would its loss concern?":
    "そのアカウントが読めた共有には何があり、流出すると誰に影響しますか。",
  "Did the user speak with somebody on the phone, what were they told, and what did they type or pay?":
    "利用者は電話で誰かと話しましたか。何を言われ、何を入力または支払いましたか。",
  "Which remote support product does the organisation use, and who may install it?":
    "組織が使う遠隔支援製品は何で、誰が導入できますか。",
  "Was anybody paid or asked to do this: an administrator at work, a penetration test, an exercise?":
    "管理作業、ペネトレーションテスト、演習など、依頼された作業ではありませんか。",
  "Who uses the accounts that are named here, from which hosts, and at which hours?":
    "ここに挙げたアカウントは誰が、どのホストから、何時ごろ使いますか。",

  "{n} more destinations below a name that serves the intruder were used: those used most are told.":
    "侵入者の使う名前の配下で、ほか{n}件の宛先が使われています。使用回数の多いものだけを示します。",
  "{n} problem in the inventory: a row that could not be used is left out.":
    "台帳に問題が{n}件あります。使えない行は除外しました。",
  "{n} problems in the inventory: rows that could not be used are left out.":
    "台帳に問題が{n}件あります。使えない行は除外しました。",
  "{n} hosts have no endpoint agent: within a level, their findings come first.":
    "ホスト{n}台にはEDRがありません。同じ重要度ではそれらの検出を先に示します。",

  "How they came in": "侵入経路",
  "The VPN device looks like the way in": "VPN機器からの侵入の疑い",
  "The same intruder seems to be at several sites": "複数拠点に同じ侵入者がいる疑い",
  "What an account gained, step by step": "アカウントが得た権限の経過",
  "Administrator's rights used where the account never used them before":
    "前例のないホストでの管理者権限の使用",
  "Somebody worked on a domain controller from the VPN pool":
    "VPNセグメントからのドメインコントローラー操作",
  "Logon to a domain controller from the VPN pool":
    "VPNセグメントからのドメインコントローラーへのログオン",
  "Somebody worked on a domain controller from a workstation":
    "ワークステーションからのドメインコントローラー操作",
  "Somebody worked on a server from a segment of workstations or the VPN pool":
    "ワークステーションまたはVPNセグメントからのサーバー操作",
  "Somebody worked on one workstation from another": "ワークステーション間の操作",
  "Network logon from one workstation to another": "ワークステーション間のネットワークログオン",
  "Movement out of the demilitarised zone into the network": "DMZから内部ネットワークへの移動",
  "Somebody worked on a workstation from a server": "サーバーからのワークステーション操作",
  "Management port of another segment reached": "別セグメントの管理ポートへの接続",
  "Logon from an address in no segment of the inventory":
    "台帳のどのセグメントにもないアドレスからのログオン",
  "Logon from an address of the internet": "インターネットのアドレスからのログオン",
  "Host seen in another segment than the inventory says":
    "台帳と異なるセグメントで観測されたホスト",
  "somebody logged on from the VPN pool": "VPNセグメントからログオンした",
  "somebody logged on from an address of the internet": "インターネットのアドレスからログオンした",
  "a server that faces users was made to run commands": "公開サーバーでコマンドが実行された",
  "a document or attachment was made to run commands":
    "文書または添付ファイルからコマンドが実行された",
  "a browser was made to run commands": "ブラウザーからコマンドが実行された",
  "a remote support program was brought in": "遠隔支援プログラムが持ち込まれた",
  "a tunnel from outside ends on the host": "外部からのトンネルがこのホストで終わる",
  "more followed on the same host or by the same account":
    "同じホストまたは同じアカウントでその後の活動がある",
  "passwords were refused there just before": "直前にパスワードの拒否があった",
  "something grave happened before it": "それより前に重大な出来事がある",
  "an earlier way in may lie before the first record, or on hosts without logs":
    "最初の記録より前、またはログのないホストに、より早い侵入経路があり得る",
  "A way that leaves no record in these logs, such as a device at the edge or a stolen notebook.":
    "境界機器や盗まれたPCなど、このログに残らない経路。",
  "Which ways from outside are open: VPN, Remote Desktop, web servers, remote support?":
    "外部から入れる経路（VPN、リモートデスクトップ、Webサーバー、遠隔支援）はどれですか。",
  "Were the devices at the edge patched at that time, and do they ask for a second factor?":
    "境界機器は当時更新されていましたか。多要素認証はありますか。",
  "Which VPN device is it, which version did it have at that time, and are its own logs kept?":
    "VPN機器の機種、当時のバージョン、機器自身のログの有無を教えてください。",
  "Did the owner of the account work over VPN at that time?":
    "アカウントの所有者はその時刻にVPNで作業していましたか。",
  "an account came in from the VPN pool": "アカウントがVPNセグメントから入った",
  "more followed on the hosts it reached, or by the same account":
    "到達したホストまたは同じアカウントでその後の活動がある",
  "it went to several hosts from there": "そこから複数のホストへ進んだ",
  "its password was refused before": "その前にパスワードの拒否があった",
  "the VPN's own server let the account in at that time":
    "VPNの認証サーバーがその時刻に接続を許可した",
  "an endpoint showed malware before that": "それより前に端末でマルウェアの兆候がある",
  "a single step is no chain": "1段階だけでは経過とは言えない",
  "new accounts and forgotten passwords are a help desk's daily work":
    "アカウントの新規作成やパスワードの再設定はヘルプデスクの日常業務である",
  "for some steps the logs do not tell in which session they were taken":
    "一部の段階は、どのセッションで行われたかがログから分からない",
  "May this account work on that host from there?":
    "このアカウントがそこからこのホストを操作することは認められていますか。",
  "Which device or site has this address?": "このアドレスはどの機器または拠点のものですか。",
  "Was the host moved, or is the inventory out of date?":
    "ホストは移設されましたか。台帳が古いのではありませんか。",
  "Who owns this account, and was this work ordered?":
    "このアカウントの所有者は誰で、依頼された作業ですか。",
  "Was this account meant to work on these hosts?":
    "このアカウントがこれらのホストで作業する予定でしたか。",
  "Which accounts and tools does central administration use at several sites?":
    "全拠点の管理に使うアカウントとツールは何ですか。",
};
