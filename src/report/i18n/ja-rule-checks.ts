/** What konseki's rules advise to check next, in Japanese, by the English text. */
export const JA_RULE_CHECKS: Readonly<Record<string, string>> = {
  "1118 and 1119 mean that it failed; then the file is still there.":
    "1118と1119は失敗を意味し、ファイルはまだ残っている。",
  "A 4778 without a new 4624 shows the session that was taken.":
    "新しい4624を伴わない4778が、奪われたセッションを示す。",
  "A client name that is no host of yours is a lead; names of attackers' machines recur between cases.":
    "組織のホストにないクライアント名は手がかりになる。攻撃者の端末名は複数の事案で繰り返し現れる。",
  "A logon should follow (Security 4624 type 10, LocalSessionManager 21); when Security has none, its records are missing.":
    "ログオン（Security 4624 種別10、LocalSessionManager 21）が続くはずである。Securityになければ、レコードが欠けている。",
  "A name that should be in no admin group is a lead; see when it was added (4728, 4732, 4756).":
    "管理者グループに属するはずのない名前は手がかりになる。いつ追加されたか（4728、4732、4756）を確認する。",
  "A record without any value tells of a changed attribute outside its list, often the access rights of the account.":
    "値のないレコードは、一覧外の属性の変更を示す。多くはアカウントのアクセス権である。",
  "A service account as subject (a web server's pool, a database) is out of the ordinary.":
    "サービスアカウント（Webサーバーのプール、データベース）が主体であれば通常ではない。",
  "A shutdown has System 6006 or Kernel-General 13 in the same minute; without one somebody stopped it.":
    "シャットダウンであれば、同じ分にSystem 6006またはKernel-General 13がある。なければ誰かが停止させている。",
  "A signed program of a vendor in such a folder was brought along to load the library.":
    "そのようなフォルダーにあるベンダー署名付きプログラムは、ライブラリを読み込ませるために持ち込まれたものである。",
  "A start address outside any module means code that lies in no file; look at what the target process did next.":
    "どのモジュールにも属さない開始アドレスは、ファイルのないコードを意味する。対象プロセスがその後に行ったことを確認する。",
  "A task deleted (4699) within a minute was made to run once.":
    "1分以内に削除されたタスク（4699）は、一度だけ実行するために作られたものである。",
  "A whole drive or a folder of a user as share is out of the ordinary; look for access from other hosts (5140).":
    "ドライブ全体や利用者のフォルダーの共有は通常ではない。他ホストからのアクセス（5140）を探す。",
  "Accounts that logged on after this moment may be known in clear text.":
    "この時点以降にログオンしたアカウントは、平文のパスワードが知られた可能性がある。",
  "An account that never was an administrator of this host before is a lead.":
    "これまでこのホストの管理者でなかったアカウントは手がかりになる。",
  "An account that was created and deleted within hours was made for a purpose.":
    "作成から数時間以内に削除されたアカウントは、目的があって作られている。",
  "Ask other hosts, domain controllers and the other logs of this host for the time before the clearing.":
    "消去前の期間については、他ホスト、ドメインコントローラー、このホストの他のログを調べる。",
  "Ask the user whether a prompt appeared; read where the code sends the answer.":
    "入力画面が現れたかを利用者に尋ね、コードが入力内容をどこへ送るかを読む。",
  "Ask the user whether somebody helped at that time; look at the browser's downloads before it.":
    "その時刻に誰かの支援を受けたかを利用者に尋ね、その前のブラウザーのダウンロードを調べる。",
  "Ask whether the organisation uses this product; look at who was logged on and what the browser downloaded just before.":
    "組織がこの製品を使うかを尋ね、ログオンしていた者と直前のブラウザーのダウンロードを調べる。",
  "Ask whether the organisation uses this product; look at who was logged on and where the package came from (1040, 1042).":
    "組織がこの製品を使うかを尋ね、ログオンしていた者とパッケージの入手元（1040、1042）を調べる。",
  "Ask whether this account usually comes from this address at this hour.":
    "このアカウントがこの時間帯にこのアドレスから接続するのが通常かを尋ねる。",
  "Ask whether this agent and its server belong to the organisation; its configuration file names the server.":
    "このエージェントとそのサーバーが組織のものかを尋ねる。設定ファイルにサーバー名がある。",
  "Ask whether your administrators use this mode; look for DisableRestrictedAdmin being set shortly before.":
    "管理者がこのモードを使うかを尋ね、直前にDisableRestrictedAdminが設定されたかを調べる。",
  "Ask who ordered it; look at the member's creation (4720) and first logons.":
    "誰が指示したかを尋ね、メンバーの作成（4720）と最初のログオンを調べる。",
  "Ask who ordered it; look at where the subject was logged on from (its LogonId) and at the member's logons.":
    "誰が指示したかを尋ね、操作者のログオン元（そのLogonId）とメンバーのログオンを調べる。",
  "Ask who ordered it; look for use of the new right (backup of the directory, services on domain controllers).":
    "誰が指示したかを尋ね、新しい権利の使用（ディレクトリのバックアップ、ドメインコントローラー上のサービス）を探す。",
  "Bits-Client/Operational 59 and 60 hold the address and the size.":
    "Bits-Client/Operationalの59と60にアドレスとサイズがある。",
  "Check the log's period in the input ledger; silence after this moment proves nothing.":
    "入力一覧でログの期間を確認する。この時点以降に記録がないことは何も証明しない。",
  "Check what the policy was before; the record tells only the change.":
    "それまでのポリシーの内容を確認する。レコードには変更のみが記録される。",
  "Children of the service's program in the process events are the commands that were run.":
    "プロセスのイベントにあるサービスのプログラムの子が、実行されたコマンドである。",
  "Compare the address with the computer's own; if it is another host's, the authentication was relayed.":
    "アドレスをそのコンピューター自身のものと比べる。他ホストのものなら、認証は中継されている。",
  "Compare the address with the one that opened the session.":
    "アドレスを、セッションを開いたものと比べる。",
  "Compare the configuration's hash with the one that your organisation deploys.":
    "設定のハッシュを、組織が配布しているものと比べる。",
  "Compare the requester with the account in the attributes; look for 4768 with a certificate by that account.":
    "要求者と属性内のアカウントを比べ、そのアカウントの証明書による4768を探す。",
  "Compare the values before and after; look for 1131f6aa, 1131f6ad and 89e95b76 (replication) and for full control, and for whose SID they were added.":
    "変更前後の値を比べ、1131f6aa、1131f6ad、89e95b76（複製）とフルコントロール、それが誰のSIDに追加されたかを調べる。",
  "Compare with Security 4624; a session here without a logon there means that Security records are missing.":
    "Security 4624と比べる。ここにセッションがあってログオンがなければ、セキュリティログのレコードが欠けている。",
  "Compare with Security 4720, 4722 and 4724 of the same second; if they are missing, so are other records.":
    "同じ秒のSecurity 4720、4722、4724と比べる。それらが欠けていれば、他のレコードも欠けている。",
  "Count accounts per source; then look for a success from the same source.":
    "送信元ごとにアカウント数を数え、同じ送信元からの成功を探す。",
  "Count by address and account; then look for a success (4624) from the same address.":
    "アドレスとアカウントごとに数え、同じアドレスからの成功（4624）を探す。",
  "Count by address and by account; then look for a success from the same address.":
    "アドレスとアカウントごとに数え、同じアドレスからの成功を探す。",
  "Count by address and by user; then look for an accepted logon from the same address.":
    "アドレスとユーザーごとに数え、同じアドレスからの成功したログオンを探す。",
  "Count by client address; then look for 18454 (success) of the same client and for xp_cmdshell being enabled.":
    "クライアントアドレスごとに数え、同じクライアントの18454（成功）とxp_cmdshellの有効化を探す。",
  "Count how many different services the same account asked for within minutes.":
    "同じアカウントが数分以内に要求した異なるサービスの数を数える。",
  "Count how many logs were cleared together; a whole series is no troubleshooting.":
    "同時に消去されたログの数を数える。多数であればトラブルシューティングではない。",
  "Decode the command line.": "コマンドラインを復号する。",
  "Decode the command; PowerShell 4104 of the same process holds it in clear.":
    "コマンドを復号する。同じプロセスのPowerShell 4104に平文が残る。",
  "Delegation to cifs, ldap or host of a domain controller gives the domain away.":
    "ドメインコントローラーのcifs、ldap、hostへの委任は、ドメイン全体を渡すことになる。",
  "Event 1117 tells what Defender did about it, 1118 and 1119 that it failed; find out how the file came there.":
    "1117はDefenderの対処、1118と1119はその失敗を示す。ファイルが届いた経路を調べる。",
  "Event 131 of the same log just before it names the client's address.":
    "直前の同じログのイベント131に、クライアントのアドレスがある。",
  "Event 3 of the same job id names the user and the program that made the job.":
    "同じジョブIDのイベント3に、ジョブを作成したユーザーとプログラムがある。",
  "Events of this subcategory are missing from here on; do not read their absence as nothing happened.":
    "これ以降、このサブカテゴリのイベントは記録されない。記録がないことを何も起きなかったと読まない。",
  "Everything between this record and the next start of the service is unrecorded on this host; use other hosts.":
    "このレコードから次のサービス開始までの出来事は、このホストには記録されない。他ホストを利用する。",
  "Fetch or block the address or file it names; look at the process's children.":
    "記載されたアドレスやファイルを取得または遮断し、プロセスの子を確認する。",
  "File activity before this moment has to come from the master file table and shadow copies.":
    "この時点より前のファイル操作は、マスターファイルテーブルとシャドウコピーから調べる必要がある。",
  "Find how the file came there and whether a network logon preceded it.":
    "ファイルが届いた経緯と、その前にネットワークログオンがあったかを調べる。",
  "Find ntdsutil, esentutl, diskshadow or a backup in the process events, and the session it ran in.":
    "プロセスのイベントでntdsutil、esentutl、diskshadowまたはバックアップと、それが動作したセッションを探す。",
  "Find out whose SID it is and what the account did afterwards.":
    "誰のSIDか、そのアカウントがその後に行ったことを調べる。",
  "Find the account's session at that time and where it came from.":
    "その時刻のアカウントのセッションと、その接続元を特定する。",
  "Find the document (Sysmon 11, recent files, mail) and everybody who got it.":
    "文書（Sysmon 11、最近使ったファイル、メール）と、それを受け取った全員を特定する。",
  "Find the logon with this LogonId, or the account's last remote logon, to learn from where it was done.":
    "このLogonIdのログオン、またはアカウントの直近の遠隔ログオンを探し、どこから行われたかを調べる。",
  "Find the outside address that this program talks to.":
    "このプログラムが通信する外部アドレスを特定する。",
  "Find the process that connected to the local SSH port.":
    "ローカルのSSHポートに接続したプロセスを特定する。",
  "Find the process that made the pipe; from this second on it may run as SYSTEM.":
    "パイプを作成したプロセスを探す。その秒以降、SYSTEMとして動作している可能性がある。",
  "Find the process that opened the connection (5156, Sysmon 3) and what ran with the logon's id.":
    "接続を開いたプロセス（5156、Sysmon 3）と、そのログオンIDで実行されたものを調べる。",
  "Find the process that wrote it and the session it ran in.":
    "書き込んだプロセスと、それが動作したセッションを特定する。",
  "Find the program that held the tunnel and the outside address it talks to.":
    "トンネルを保持していたプログラムと、その外部の通信先を特定する。",
  "Find the program that held the tunnel; a connection to 127.0.0.1:3389 in Sysmon 3 or Security 5156, ssh, plink, chisel or ngrok in process events.":
    "トンネルを保持していたプログラムを特定する。Sysmon 3またはSecurity 5156の127.0.0.1:3389への接続、プロセスのイベントのssh、plink、chisel、ngrokを調べる。",
  "Find the session that wrote it; with LocalAccountTokenFilterPolicy look for network logons of local accounts afterwards.":
    "書き込んだセッションを特定する。LocalAccountTokenFilterPolicyの場合は、その後のローカルアカウントのネットワークログオンを探す。",
  "Follow the address back, and look for processes under sshd.exe in this session.":
    "アドレスを遡り、このセッションのsshd.exe配下のプロセスを探す。",
  "Follow the address back; its own RDP client log and logons tell who sat there.":
    "アドレスを遡る。そのホストのRDPクライアントログとログオンで、誰が操作していたかが分かる。",
  "For sethc, utilman, osk, narrator or magnify look for RDP sessions without logon.":
    "sethc、utilman、osk、narrator、magnifyの場合は、ログオンを伴わないRDPセッションを探す。",
  "Group Policy does this from svchost.exe; any other process is worth a look.":
    "グループポリシーはsvchost.exeから行う。それ以外のプロセスは調べる価値がある。",
  "If the name is a domain controller's, look for 4742 by ANONYMOUS LOGON.":
    "その名前がドメインコントローラーのものであれば、ANONYMOUS LOGONによる4742を探す。",
  "If the new name is that of a domain controller, look for 4768 and 4769 of that name and a DCSync after it.":
    "新しい名前がドメインコントローラーのものであれば、その名前の4768と4769、その後のDCSyncを探す。",
  "Isolate the host; look for many changed files and for the same command on other hosts.":
    "ホストを隔離し、多数のファイルの変更と、他ホストでの同じコマンドを探す。",
  "It is an attack when the account is a domain controller's and the session came from elsewhere; look for 4662 replication by its name from that address.":
    "アカウントがドメインコントローラーのもので、セッションが他所から来ていれば攻撃である。そのアドレスからの、その名前による4662の複製を探す。",
  "It is ordinary when the system stops in the same minute (System 6006, Kernel-General 13) and starts again after it (4608).":
    "同じ分にシステムが停止し（System 6006、Kernel-General 13）、その後に起動して（4608）いれば通常の動作である。",
  "It is ordinary within minutes of the installation; later, find the process that ran as SYSTEM then.":
    "インストールから数分以内であれば通常の動作である。それ以降は、当時SYSTEMとして動作していたプロセスを調べる。",
  "Its configuration file names the destination; measure the traffic of that time.":
    "設定ファイルに送信先がある。その時間帯の通信量を調べる。",
  "Keep the shadow copy; the file may be nowhere else.":
    "シャドウコピーを保全する。ファイルがほかに残っていない可能性がある。",
  "List all commands with the same redirection; they are the intruder's session.":
    "同じリダイレクトを持つコマンドをすべて列挙する。それが侵入者のセッションである。",
  "Look at the RDP logons before and after it, and at who ran the program that wrote it.":
    "前後のRDPログオンと、書き込んだプログラムの実行者を調べる。",
  "Look at the browser's history and downloads of that minute.":
    "その時刻のブラウザーの履歴とダウンロードを確認する。",
  "Look at the destination's WinRM and Security logs of that second.":
    "その秒の接続先のWinRMログとセキュリティログを調べる。",
  "Look at the destination's logons from this host at that second.":
    "その秒の、このホストから接続先へのログオンを調べる。",
  "Look at the destination's logs for the session; event 1029 of the same log holds a hash of the user name that was used.":
    "接続先のログでセッションを調べる。同じログのイベント1029に、使われたユーザー名のハッシュがある。",
  "Look at the destination's records of that second; PowerShell 4104 holds what ran.":
    "その秒の接続先のレコードを調べる。PowerShell 4104に実行内容がある。",
  "Look at the documents the user opened afterwards.": "利用者がその後に開いた文書を調べる。",
  "Look at the named host's logons, services and tasks of that second.":
    "記載されたホストのその秒のログオン、サービス、タスクを調べる。",
  "Look at the other connections of the same process; its far end is the tunnel's other side.":
    "同じプロセスの他の接続を調べる。その接続先がトンネルの反対側である。",
  "Look at the process's parent and connections.": "プロセスの親と接続を確認する。",
  "Look at the retention setting of the log and when it was changed.":
    "ログの保持設定と、それが変更された時刻を調べる。",
  "Look at what both processes did in the next minutes, and at how the first came to run.":
    "両方のプロセスがその後の数分間に行ったことと、前者が実行された経緯を調べる。",
  "Look at what the logon was used for - shares (5140, 5145), services (7045), tasks (4698), processes (4688) with the same LogonId.":
    "そのログオンの用途を同じLogonIdで調べる - 共有（5140、5145）、サービス（7045）、タスク（4698）、プロセス（4688）。",
  "Look for 15457 (xp_cmdshell enabled) and logons to the database (18454, 18456) just before.":
    "直前の15457（xp_cmdshellの有効化）とデータベースへのログオン（18454、18456）を探す。",
  "Look for 4662 with 1131f6ad (all changes, secrets included) by the same account in the same second.":
    "同じ秒の同じアカウントによる1131f6ad（秘密情報を含む全変更）の4662を探す。",
  "Look for 4768 of the account with PreAuthType 0 afterwards, and for the flag being taken back.":
    "その後のPreAuthType 0のアカウントの4768と、フラグが戻されたかを調べる。",
  "Look for DsrmAdminLogonBehavior being set to 2 and for logons of the local Administrator on the domain controller.":
    "DsrmAdminLogonBehaviorが2に設定されたかと、ドメインコントローラーでのローカルAdministratorのログオンを調べる。",
  "Look for RDP logons from the host itself (127.0.0.1) and for connections of this process.":
    "自ホスト（127.0.0.1）からのRDPログオンと、このプロセスの接続を探す。",
  "Look for RDP logons that follow and for a firewall rule on port 3389.":
    "その後のRDPログオンと、3389番ポートのファイアウォール規則を探す。",
  "Look for RDP logons to this host that follow, and for the session that wrote the value.":
    "その後のこのホストへのRDPログオンと、値を書き込んだセッションを探す。",
  "Look for RDP or WinRM logons of the member afterwards.":
    "その後のメンバーのRDPまたはWinRMのログオンを探す。",
  "Look for Security 1102 and System 104 in the seconds after it to see which logs were emptied.":
    "数秒後のSecurity 1102とSystem 104で、どのログが空にされたかを調べる。",
  "Look for Security 1102 and System 104 right after it.":
    "直後のSecurity 1102とSystem 104を探す。",
  "Look for a changed computer account (4742 by ANONYMOUS LOGON) or listing of accounts right after it.":
    "直後のコンピューターアカウントの変更（ANONYMOUS LOGONによる4742）やアカウントの列挙を探す。",
  "Look for a child of the same process that runs as SYSTEM.":
    "同じプロセスの子で、SYSTEMとして動作するものを探す。",
  "Look for a dump under the folder named in the registry (LocalDumpFolder).":
    "レジストリに指定されたフォルダー（LocalDumpFolder）のダンプを探す。",
  "Look for a library of a known name in the target folder and the program that then loaded it.":
    "対象フォルダーにある既知の名前のライブラリと、その後にそれを読み込んだプログラムを探す。",
  "Look for a network logon (4624 type 3) and use of the svcctl pipe (5145) in the seconds before; its address is the other end of the hop.":
    "数秒前のネットワークログオン（4624 種別3）とパイプsvcctlの使用（5145）を探す。そのアドレスが移動元である。",
  "Look for a service (7045, 4697), task (4698, 4702) or registry change that follows with the same LogonId.":
    "同じLogonIdで続くサービス（7045、4697）、タスク（4698、4702）またはレジストリの変更を探す。",
  "Look for a service installed in the same second, and for an account that created a computer account before.":
    "同じ秒に登録されたサービスと、その前にコンピューターアカウントを作成したアカウントを探す。",
  "Look for a service, task or process on this host that runs the file afterwards.":
    "その後にこのホストでファイルを実行するサービス、タスクまたはプロセスを探す。",
  "Look for access to LSASS (Sysmon 10) in the same second.":
    "同じ秒のLSASSへのアクセス（Sysmon 10）を探す。",
  "Look for auditpol.exe in the process events of the same minute.":
    "同じ分のプロセスのイベントでauditpol.exeを探す。",
  "Look for changed objects in the directory that no 5136 explains.":
    "ディレクトリで、5136では説明できないオブジェクトの変更を探す。",
  "Look for children of sqlservr.exe and for the client address in 18454 or 18456.":
    "sqlservr.exeの子プロセスと、18454または18456のクライアントアドレスを探す。",
  "Look for connections through it later, and for what ran under it.":
    "その後の、これを経由した接続と、その配下で実行されたものを探す。",
  "Look for drivers loaded afterwards (7045, Sysmon 6).":
    "その後に読み込まれたドライバー（7045、Sysmon 6）を探す。",
  "Look for fodhelper, eventvwr, sdclt, computerdefaults, wsreset or a scheduled task in the next seconds, and for its elevated child.":
    "数秒以内のfodhelper、eventvwr、sdclt、computerdefaults、wsresetまたはスケジュールされたタスクと、昇格したその子プロセスを探す。",
  "Look for groups it was put into (4728, 4732, 4756) and its first logons; an account that is deleted soon after (4726) was made for a purpose.":
    "追加されたグループ（4728、4732、4756）と最初のログオンを調べる。間もなく削除された（4726）アカウントは、目的があって作られている。",
  "Look for its groups and logons.": "所属グループとログオンを調べる。",
  "Look for its groups and logons; rules and reports that drop computer accounts will not show them.":
    "所属グループとログオンを調べる。コンピューターアカウントを除外するルールや報告には現れない。",
  "Look for logons of the account from that address, and for the same attempt on other hosts.":
    "そのアドレスからのアカウントのログオンと、他ホストでの同じ試行を探す。",
  "Look for logons of the target account afterwards; ask its owner.":
    "その後の対象アカウントのログオンを探し、所有者に尋ねる。",
  "Look for logons through it (OpenSSH/Operational 4).":
    "これを経由したログオン（OpenSSH/Operational 4）を探す。",
  "Look for network logons of the other account from this host in the minutes after it.":
    "その後の数分間に、このホストから別アカウントで行われたネットワークログオンを探す。",
  "Look for programs that explorer.exe started in that second and for the network logon of the other host.":
    "その秒にexplorer.exeが起動したプログラムと、相手ホストのネットワークログオンを探す。",
  "Look for protection that stopped working and for processes opened with full rights afterwards.":
    "その後に動作しなくなった保護機能と、フルアクセスで開かれたプロセスを探す。",
  "Look for remote use of the eventlog pipe (5145) and for sc, net or taskkill just before.":
    "直前のeventlogパイプの遠隔使用（5145）と、sc、net、taskkillを探す。",
  "Look for remote use of the eventlog pipe (5145) at that second; repeated crashes stop the service for a day.":
    "その秒のeventlogパイプの遠隔使用（5145）を探す。異常終了が繰り返されると、サービスは1日停止する。",
  "Look for service names of a domain controller being written to an ordinary computer (4742, 5136) and taken back.":
    "通常のコンピューターへのドメインコントローラーのサービス名の書き込み（4742、5136）とその取り消しを探す。",
  "Look for service tickets (4769) for the object and logons on it in the minutes after; the value is often taken back.":
    "その後の数分間に、そのオブジェクトのサービスチケット（4769）とログオンを探す。値はすぐに戻されることが多い。",
  "Look for the command running as SYSTEM afterwards.":
    "その後にSYSTEMとして動作したコマンドを探す。",
  "Look for the copy on disk and how it left the host; with ntds.dit every secret of the domain is known.":
    "ディスク上の複製と、それがホストから持ち出された経路を探す。ntds.ditが渡れば、ドメインのすべての秘密情報が知られたことになる。",
  "Look for the dump file (Sysmon 11) and how it left the host; treat the accounts logged on then as known.":
    "ダンプファイル（Sysmon 11）とその持ち出し経路を探す。当時ログオンしていたアカウントは知られたものとして扱う。",
  "Look for the logon on the destination in the same second.": "同じ秒の接続先でのログオンを探す。",
  "Look for the registry value or file that was prepared just before.":
    "直前に用意されたレジストリ値またはファイルを探す。",
  "Look for the service that was installed and for its children.":
    "登録されたサービスとその子プロセスを探す。",
  "Look for use of the right (4662) afterwards.": "その後の権限の使用（4662）を探す。",
  "Look into the folder or at the process that was excluded.":
    "除外されたフォルダーまたはプロセスを調べる。",
  "Make sure that every name listed is a domain controller or the known synchronisation account, and that its logon came from that host's address.":
    "列挙された名前がすべてドメインコントローラーまたは既知の同期アカウントであり、ログオンがそのホストのアドレスから来ていることを確認する。",
  "Note the listening port and the target; 3389 means RDP through this host.":
    "待ち受けポートと転送先を記録する。3389はこのホストを経由するRDPを意味する。",
  "Older copies of the list may be in shadow copies and in the registry's transaction logs.":
    "一覧の古い写しが、シャドウコピーやレジストリのトランザクションログに残っている場合がある。",
  "On a domain controller look for 4662 on the backup key object (BCKUPKEY) by the same account.":
    "ドメインコントローラーで、同じアカウントによるバックアップキーオブジェクト（BCKUPKEY）への4662を探す。",
  "On a host that prints for nobody, such as a domain controller, look for a connection back to the caller and a logon with this host's computer account elsewhere.":
    "ドメインコントローラーなど印刷に使われないホストでは、呼び出し元への折り返し接続と、このホストのコンピューターアカウントによる他所でのログオンを探す。",
  "On the source host look for a logon of type 9 (seclogo) or access to LSASS before this time.":
    "接続元ホストで、この時刻より前の種別9のログオン（seclogo）またはLSASSへのアクセスを探す。",
  "Order the records near it by their record ids, not by time.":
    "近くのレコードは、時刻ではなくレコードIDの順に並べる。",
  "Read ScheduledTasks.xml and scripts.ini under the policy's folder in SYSVOL.":
    "SYSVOLのポリシーのフォルダーにあるScheduledTasks.xmlとscripts.iniを読む。",
  "Read the action in the record.": "レコードにある操作内容を読む。",
  "Read the action in the record; look for a network logon with the same LogonId, which makes it a remote task.":
    "レコードにある操作内容を読み、同じLogonIdのネットワークログオンを探す。あれば遠隔から作成されたタスクである。",
  "Read the consumer's command or script; look for children of wmiprvse.exe and scrcons.exe.":
    "コンシューマーのコマンドまたはスクリプトを読み、wmiprvse.exeとscrcons.exeの子プロセスを探す。",
  "Read the keys in the file; look for publickey logons in OpenSSH/Operational afterwards.":
    "ファイル内の鍵を読み、その後のOpenSSH/Operationalのpublickeyログオンを探す。",
  "Read the record for the user or object type that is no longer audited.":
    "レコードで、監査されなくなったユーザーまたはオブジェクトの種類を確認する。",
  "Read the web server's own log at that second for the address and the page; look for new pages in its folders.":
    "その秒のWebサーバー自身のログでアドレスとページを確認し、フォルダーに新しいページがないか探す。",
  "Read the whole script block (all parts of the same ScriptBlockId).":
    "スクリプトブロック全体（同じScriptBlockIdの全部分）を読む。",
  "Read the whole script block (all parts of the same ScriptBlockId); block the addresses it names.":
    "スクリプトブロック全体（同じScriptBlockIdの全部分）を読み、記載されたアドレスを遮断する。",
  "Read the whole script block (all parts of the same ScriptBlockId); look for access to LSASS at that time.":
    "スクリプトブロック全体（同じScriptBlockIdの全部分）を読み、その時刻のLSASSへのアクセスを探す。",
  "Read what the task runs and as whom.": "タスクが何を誰として実行するかを確認する。",
  "Revoke the certificate and look at the template's settings.":
    "証明書を失効させ、テンプレートの設定を確認する。",
  "SIDs of the own domain or of its admin groups have no place in a history.":
    "自ドメインやその管理者グループのSIDが履歴にあるのは不自然である。",
  "Security 4624 type 3 of the same second names the address.":
    "同じ秒のSecurity 4624 種別3にアドレスがある。",
  "Security 4719 records of the same second name the subcategories.":
    "同じ秒のSecurity 4719レコードにサブカテゴリがある。",
  "Security 4720 and 4732 of the same second tell whether it worked.":
    "同じ秒のSecurity 4720と4732で、成功したかが分かる。",
  "See as whom the parent ran; a service account or user means that it raised its own rights.":
    "親が誰として動作していたかを確認する。サービスアカウントまたは利用者であれば、自らの権限を引き上げたことになる。",
  "See what ran in the minutes after it, and whether 5000 says that it was switched on again.":
    "その後の数分間に実行されたものと、5000による再有効化の有無を確認する。",
  "See what ran in the minutes after it.": "その後の数分間に実行されたものを確認する。",
  "See what the logon changed (5136, 4742, 4662).":
    "このログオンで変更されたもの（5136、4742、4662）を確認する。",
  "See what the program is and whether a dump file was written; then treat the accounts logged on then as known to the intruder.":
    "そのプログラムが何か、ダンプファイルが書かれたかを確認し、当時ログオンしていたアカウントは侵入者に知られたものとして扱う。",
  "See what the program is and which processes it opened.":
    "そのプログラムが何か、どのプロセスを開いたかを確認する。",
  "See what the program is; then treat the accounts logged on then as known to the intruder.":
    "そのプログラムが何かを確認し、当時ログオンしていたアカウントは侵入者に知られたものとして扱う。",
  "See what the program is; treat passwords saved in these browsers as known to the intruder.":
    "そのプログラムが何かを確認し、これらのブラウザーに保存されたパスワードは侵入者に知られたものとして扱う。",
  "See what the program is; treat what the manager held as known to the intruder.":
    "そのプログラムが何かを確認し、パスワード管理ソフトに保存されていた内容は侵入者に知られたものとして扱う。",
  "See when the member had been added; membership for minutes only is suspicious.":
    "メンバーがいつ追加されたかを確認する。数分間だけの所属は疑わしい。",
  "See where the program came from and which hosts it connected to on port 3389.":
    "プログラムの入手元と、3389番ポートで接続したホストを確認する。",
  "See where the program lies, who signed it and when it came.":
    "プログラムの場所、署名者、届いた時期を確認する。",
  "See whether a log was cleared or the service stopped right after it.":
    "直後にログの消去やサービスの停止がなかったかを確認する。",
  "See whether a network logon came just before it, which would make it a remote installation.":
    "直前にネットワークログオンがあったかを確認する。あれば遠隔からのインストールである。",
  "See whether a real computer stands behind it (its own logons, DNS name); look for a renaming (4781) or delegation (5136) after it.":
    "実在のコンピューター（自身のログオン、DNS名）かを確認し、その後の名前変更（4781）や委任（5136）を探す。",
  "See whether it stands beside a hard restart; if not, look for tampering with the service.":
    "強制的な再起動と同時かを確認する。そうでなければ、サービスへの妨害を探す。",
  "See whether other logs of the host were cleared within the same minutes.":
    "同じ数分間にホストの他のログも消去されたかを確認する。",
  "See whether the class also exists under HKLM; a user's copy takes precedence over it.":
    "そのクラスがHKLMにもあるかを確認する。ユーザーの登録が優先される。",
  "See whether the computer is a domain controller; the names are usually taken back within seconds.":
    "そのコンピューターがドメインコントローラーかを確認する。名前は通常、数秒以内に戻される。",
  "See whether the file was copied away; treat the accounts logged on then as known to the intruder.":
    "ファイルが持ち出されたかを確認し、当時ログオンしていたアカウントは侵入者に知られたものとして扱う。",
  "See whether the file was moved into a program's folder and which process loaded it.":
    "ファイルがプログラムのフォルダーに移されたか、どのプロセスが読み込んだかを確認する。",
  "See whether the same account uses Kerberos to this host at other times.":
    "同じアカウントが、ほかの時間帯にはこのホストにKerberosを使っているかを確認する。",
  "Look for a start of Windows after it, after which the logs stay silent.":
    "その後のWindowsの起動と、それ以降ログが途絶えていないかを確認してください。",
  "When and by whom it had been set to anything else, and which records are missing from then on.":
    "いつ誰が別の設定にしていたか、またそれ以降どの記録が欠けているか。",
  "See which account was on the host then (the record's user SID) and whether the service stopped afterwards.":
    "当時ホストにいたアカウント（レコードのユーザーSID）と、その後サービスが停止したかを確認する。",
  "See which connections came in afterwards, and when it was switched on again.":
    "その後に受け付けた接続と、再び有効化された時刻を確認する。",
  "See which encryption the same account uses from its usual host.":
    "同じアカウントが普段のホストから使う暗号化方式を確認する。",
  "See which files were touched (5145) and whether a service or task follows.":
    "どのファイルが操作されたか（5145）、その後にサービスやタスクが続くかを確認する。",
  "See which library was added and who signed it.":
    "追加されたライブラリと、その署名者を確認する。",
  "See which pipe was added and which process listens on it.":
    "追加されたパイプと、そこで待ち受けるプロセスを確認する。",
  "See which scripts ran afterwards.": "その後に実行されたスクリプトを確認する。",
  "See which service has an unquoted path and whether the file was started.":
    "引用符のないパスを持つサービスと、そのファイルが起動されたかを確認する。",
  "Service names taken away together with a new name are the preparation of CVE-2021-42278.":
    "新しい名前とともにサービス名が取り除かれていれば、CVE-2021-42278の準備である。",
  "Several accounts locked from one computer within minutes are guessing.":
    "数分以内に1台のコンピューターから複数のアカウントがロックされていれば、パスワード推測である。",
  "Several such commands by one account within minutes are an intruder's first look round.":
    "1つのアカウントが数分以内にこの種のコマンドを複数実行していれば、侵入者の最初の偵察である。",
  "Switch pre-authentication on for the account; see who switched it off (4738).":
    "アカウントの事前認証を有効にし、誰が無効にしたか（4738）を確認する。",
  "Take the .sdb file (C:\\Windows\\AppPatch\\Custom) as evidence.":
    ".sdbファイル（C:\\Windows\\AppPatch\\Custom）を証拠として保全する。",
  "Take the file as evidence.": "ファイルを証拠として保全する。",
  "Take the file as evidence; block the address.":
    "ファイルを証拠として保全し、アドレスを遮断する。",
  "Take the file as evidence; find how the script came to run.":
    "ファイルを証拠として保全し、スクリプトが実行された経緯を調べる。",
  "Take the file as evidence; look for what wrote it and for its connections.":
    "ファイルを証拠として保全し、書き込んだものとその接続を探す。",
  "Take the file as evidence; see whether it was loaded (Sysmon 6, 7045).":
    "ファイルを証拠として保全し、読み込まれたか（Sysmon 6、7045）を確認する。",
  "Take the file it names as evidence; look at what was started after the next logon.":
    "記載されたファイルを証拠として保全し、次のログオン後に起動されたものを調べる。",
  "Take the file it names as evidence; look for what wrote it.":
    "記載されたファイルを証拠として保全し、それを書き込んだものを探す。",
  "Take the folder as evidence; look for an elevated process started from it.":
    "フォルダーを証拠として保全し、そこから起動された昇格プロセスを探す。",
  "Take the library as evidence; look for children of spoolsv.exe.":
    "ライブラリを証拠として保全し、spoolsv.exeの子プロセスを探す。",
  "Take the library as evidence; see who wrote it and what the process did next.":
    "ライブラリを証拠として保全し、誰が書き込んだか、プロセスがその後に行ったことを確認する。",
  "Take the library as evidence; treat the accounts that logged on afterwards as known to the intruder.":
    "ライブラリを証拠として保全し、それ以降にログオンしたアカウントは侵入者に知られたものとして扱う。",
  "Take the package as evidence (C:\\Windows\\Installer); events 1033 and 11707 tell what it was.":
    "パッケージ（C:\\Windows\\Installer）を証拠として保全する。イベント1033と11707で内容が分かる。",
  "TargetInfo names the service; TERMSRV is RDP, RPCSS is WMI or DCOM, HTTP is WinRM, cifs is a file share.":
    "TargetInfoがサービスを示す。TERMSRVはRDP、RPCSSはWMIまたはDCOM、HTTPはWinRM、cifsはファイル共有である。",
  "The address stands in OpenSSH/Operational, event 4, of the same second.":
    "同じ秒のOpenSSH/Operationalのイベント4にアドレスがある。",
  "The anonymous network logon (4624 type 3) in the same seconds names the address.":
    "同じ数秒間の匿名ネットワークログオン（4624 種別3）にアドレスがある。",
  "The command line names the far host and the inner target; look for logons from this host to that target.":
    "コマンドラインに外部ホストと内部の転送先がある。このホストからその転送先へのログオンを探す。",
  "The command line names the jump host and the target behind it.":
    "コマンドラインに踏み台ホストと、その先の接続先がある。",
  "The file lies on the client; find the client's address in the session's records.":
    "ファイルはクライアント側にある。セッションのレコードでクライアントのアドレスを調べる。",
  "The hexadecimal name is the RID (000001F5 is Guest); compare the RID stored in F with it.":
    "16進数の名前はRIDである（000001F5はGuest）。Fに格納されたRIDと比べる。",
  "The network logon (4624 type 3) and the pipe winreg (5145) of that second name the account and the address.":
    "同じ秒のネットワークログオン（4624 種別3）とパイプwinreg（5145）にアカウントとアドレスがある。",
  "The network logon (4624 type 3) in the seconds before names the account and the address it came from.":
    "数秒前のネットワークログオン（4624 種別3）に、接続元のアカウントとアドレスがある。",
  "The network logon (4624 type 3) just before names the account and the address.":
    "直前のネットワークログオン（4624 種別3）にアカウントとアドレスがある。",
  "The network logon (4624 type 3) of the account names the address; PowerShell 4104 holds what ran.":
    "アカウントのネットワークログオン（4624 種別3）にアドレスがあり、PowerShell 4104に実行内容がある。",
  "The network logon (4624 type 3) with the process's LogonId names the account and the address.":
    "プロセスのLogonIdを持つネットワークログオン（4624 種別3）にアカウントとアドレスがある。",
  "The network logon and 5145 of that second name the account and the address; look for the file being started.":
    "その秒のネットワークログオンと5145にアカウントとアドレスがある。ファイルの起動を探す。",
  "The network logon with the same LogonId on this domain controller names the source address.":
    "このドメインコントローラーで同じLogonIdを持つネットワークログオンに、接続元アドレスがある。",
  "The parent is services.exe when a service did it; find who made the pipe (Sysmon 17).":
    "サービスが行った場合、親はservices.exeである。パイプの作成者（Sysmon 17）を調べる。",
  "The parent was exploited or carries injected code; look at what it loaded and who touched it before.":
    "親は攻撃されたか、注入されたコードを含んでいる。読み込んだものと、その前に操作した者を調べる。",
  "The pipe's name often holds the name of the host that the command came from.":
    "パイプ名には、コマンドの送信元ホスト名が含まれることが多い。",
  "The product keeps its own log of connections (often under ProgramData).":
    "製品自身が接続のログを残している（多くはProgramData配下）。",
  "The program that asked for the component ran just before, as the same user and without elevation.":
    "コンポーネントを要求したプログラムは、直前に同じユーザーとして昇格なしで動作していた。",
  "The same account asking many hosts within minutes is mapping the domain.":
    "同じアカウントが数分以内に多数のホストを照会していれば、ドメインの調査である。",
  "The server of Windows lies in C:\\Windows\\System32\\OpenSSH; another place needs an explanation.":
    "WindowsのサーバーはC:\\Windows\\System32\\OpenSSHにある。別の場所であれば説明が必要である。",
  "The task's action stands in its file under C:\\Windows\\System32\\Tasks and in events 129, 200 and 201.":
    "タスクの操作は、C:\\Windows\\System32\\Tasks のファイルとイベント129、200、201にある。",
  "Treat every secret of the domain, krbtgt included, as known to the intruder if it was not a known tool.":
    "既知のツールでなければ、krbtgtを含むドメインのすべての秘密情報が侵入者に知られたものとして扱う。",
  "Trust the time in the record and in the change journal, not the file's.":
    "ファイルの日時ではなく、レコードと変更ジャーナルの時刻を信頼する。",
  "Try to recover the file from shadow copies or the disk image.":
    "シャドウコピーまたはディスクイメージからファイルの復元を試みる。",
  "Whoever reaches the logon screen, also by RDP, has a SYSTEM shell; look at RDP connections without logon.":
    "RDPを含めログオン画面に到達できる者は、SYSTEM権限のシェルを得られる。ログオンを伴わないRDP接続を探す。",
  "Without a process the question came from another host; its network logon names the address.":
    "プロセスの記載がなければ、照会は他ホストから来ている。そのネットワークログオンにアドレスがある。",
  "mstsc.exe as writer means that the file came out of an RDP session's remote side.":
    "mstsc.exeによる書き込みは、ファイルがRDPセッションの接続先から来たことを示す。",
  "services.exe as writer means the service manager was asked, perhaps from another host; look for 7045 and the network logon.":
    "services.exeによる書き込みは、サービスマネージャーが（他ホストからの場合も含め）要求を受けたことを示す。7045とネットワークログオンを探す。",
};
