/** The sentences of what joins logons and moves between machines, in Japanese. `{n}` stands for a number. */
export const JA_LATERAL_SENTENCES: Readonly<Record<string, string>> = {
  "Somebody went on from machine to machine": "端末から端末への移動の連鎖",
  "a hop goes on from a machine that was entered from afar before":
    "遠隔から入られた端末を起点に次の端末への移動がある",
  "the logs begin too short before the last hop to know what is usual here":
    "最後の移動の直前からしかログがなく、普段の様子が分からない",
  "most hops are told by one side only": "大半の移動は片側の記録しかない",
  "the session had rights that rule the machine":
    "そのセッションは端末を支配できる特権を持っていた",
  "an administrator at work: less likely the rarer the way, the account and the hour; a change ticket would settle it":
    "管理者の作業: 経路・アカウント・時間帯が珍しいほど考えにくい。変更申請の記録で判断できる",
  "a script or scanner with stored credentials: it would go to many machines from one, not on from each":
    "資格情報を持つスクリプトやスキャナー: 1台から多数に向かうはずで、次々に乗り継ぐことはない",
  "Were these logons the work of the account's owner? From which device, and for what task?":
    "これらのログオンはアカウントの持ち主の作業ですか。どの機器から、何の作業でしたか。",
  "Which machines is this account meant to be used on?":
    "このアカウントはどの端末で使うものですか。",
  "Somebody controlled a machine from another one with a service (as PsExec does)":
    "別の端末からサービスで操作された(PsExec と同様)",
  "Somebody made a scheduled task on a machine from another one": "別の端末からタスクが作成された",
  "Somebody ran a command on a machine from another one by WMI":
    "別の端末から WMI でコマンドが実行された",
  "Somebody ran a command on a machine from another one by DCOM":
    "別の端末から DCOM でコマンドが実行された",
  "Somebody ran commands on a machine from another one by PowerShell remoting (WinRM)":
    "別の端末から PowerShell リモート処理 (WinRM) でコマンドが実行された",
  "Somebody opened an administrative share of a machine from another one":
    "別の端末から管理共有が開かれた",
  "Somebody came to a machine by SSH": "SSH で端末に入った",
  "A service of remote work is open to the internet":
    "リモート作業のサービスがインターネットに公開されている",
  "Somebody connected to the Remote Desktop service of a machine":
    "端末のリモートデスクトップサービスに接続があった",
  "Somebody connected to the SSH server of a machine": "端末のSSHサーバーに接続があった",
  "Somebody came to a machine by Remote Desktop": "リモートデスクトップで端末に入った",
  "the destination tells of it": "接続先の記録にある",
  "a pair of machines is new for this account": "このアカウントには新しい端末の組が1つある",
  "it came from an address of the internet": "インターネットのアドレスからの接続である",
  "the source tells of it": "接続元の記録にある",
  "the domain controller tells of it": "ドメインコントローラーの記録にある",
  "it is gone on several days from the beginning of the logs on":
    "ログの初めから複数の日に使われている経路である",
  "One machine reached many others at once": "1台から多数の端末へ一斉に接続した",
  "with rights or by ways that rule the machine": "特権付き、または端末を操作する方法で",
  "some of them refused": "一部は拒否された",
  "a management server at its first run in these logs: it would come back every day":
    "ログ内で初めて動いた管理サーバー: それなら毎日繰り返すはず",
  "Is the source a management, backup or scanning machine?":
    "接続元は管理・バックアップ・スキャン用の端末ですか。",
  "An account went ways it had not gone before": "アカウントが初めての経路を使った",
  "work that comes once a week or a month looks new in short logs":
    "週次や月次の作業は、短いログでは新しく見える",
  "rare but ordinary work: a change ticket would name it":
    "まれな通常作業: 変更申請の記録に残っているはず",
  "Passwords were guessed until one fit": "パスワードが当たるまで試行された",
  "Passwords of an account were guessed": "アカウントのパスワードが試行された",
  "passwords were refused in the half hour before a logon":
    "ログオンの前の30分間にパスワードが拒否されている",
  "then the same source came in": "その後、同じ接続元が入った",
  "no logon from there followed in these logs": "その接続元からの成功はこのログにない",
  "a stored old password: it would fail at even intervals for days and never come in":
    "保存された古いパスワード: 何日も等間隔で失敗し、成功することはない",
  "Was the password of this account changed shortly before?":
    "直前にこのアカウントのパスワードを変更しましたか。",
  "One source tried passwords on many accounts (spray)":
    "1つの接続元が多数のアカウントでパスワードを試した(スプレー)",
  "one of them then logged on from there": "その後、そのうちの1つでそこからログオンした",
  "none of the accounts then came in from there":
    "その後、いずれのアカウントもそこから入っていない",
  "many people mistype through one gateway: it would be spread over the day":
    "1つの中継点越しの大勢の打ち間違い: それなら1日に散らばる",
  "What is the machine at this address, and do several people sign in through it?":
    "このアドレスの機器は何ですか。複数人がそこを通してサインインしますか。",
  "Remote Desktop through a tunnel": "トンネル経由のリモートデスクトップ",
  "a Remote Desktop session has the machine itself as its source":
    "リモートデスクトップのセッションの接続元が端末自身である",
  "the Remote Desktop service took a connection from the machine itself":
    "リモートデスクトップのサービスが端末自身からの接続を受けた",
  "a program on the machine connected to its own Remote Desktop port":
    "端末上のプログラムが自身のリモートデスクトップのポートに接続した",
  "an SSH client was started on it with port forwarding":
    "端末上で SSH クライアントがポート転送付きで起動された",
  "the client of the session gave the name of another machine":
    "セッションのクライアントは別の端末名を名乗った",
  "a gateway or agent of the owner that ends on the machine: its name would be known":
    "端末上で終端する正規のゲートウェイやエージェント: それなら名前が分かっているはず",
  "Is a tunnel or gateway for Remote Desktop in use on this machine?":
    "この端末でリモートデスクトップ用のトンネルやゲートウェイを使っていますか。",
  "A desktop session was taken over (tscon)": "デスクトップセッションの乗っ取り (tscon)",
  "tscon was run, which connects to another session of the machine":
    "端末の別セッションにつなぐ tscon が実行された",
  "it ran as SYSTEM, so that no password was asked":
    "SYSTEM で動いたため、パスワードは求められなかった",
  "a session was taken up within two minutes": "2分以内にセッションが再開された",
  "no session that was taken up is in these logs": "再開されたセッションはこのログにない",
  "the owner moved the own session: it would run in that account's name":
    "持ち主が自分のセッションを移した: それなら本人のアカウントで動くはず",
  "A session with other credentials towards other machines (RunAs /netonly or pass-the-hash)":
    "他の端末へ別の資格情報を使うセッション (RunAs /netonly または Pass-the-Hash)",
  "a session was opened that shows other credentials to other machines (logon type {n})":
    "他の端末へ別の資格情報を示すセッションが開かれた(ログオンの種類 {n})",
  "its logon process is seclogo, which RunAs /netonly and pass-the-hash tools use":
    "ログオンプロセスは seclogo で、RunAs /netonly や Pass-the-Hash のツールが使う",
  "somebody went on from there to other machines within four hours":
    "4時間以内にそこから他の端末への移動がある",
  "the logon there was made by NTLM, as with a hash":
    "移動先のログオンは、ハッシュ利用時と同じ NTLM である",
  "no move from there is in these logs": "そこからの移動はこのログにない",
  "runas /netonly by the owner of both accounts: likely where it is daily work on that machine":
    "両アカウントの持ち主による runas /netonly: その端末で日常作業ならありうる",
  "Does the owner of the account use runas /netonly or a tool that does?":
    "アカウントの持ち主は runas /netonly やそれを使うツールを使いますか。",
  "A logon by NTLM that may have used a hash (pass-the-hash)":
    "ハッシュを使った可能性のある NTLM ログオン (Pass-the-Hash)",
  "a named account logged on over the network by NTLM with special rights":
    "名前のあるアカウントが特権付きで NTLM のネットワークログオンをした",
  "the session key has length {n}, as tools leave it that log on by hash":
    "セッション鍵の長さが {n} で、ハッシュでログオンするツールが残す値である",
  "the logon was used to rule the machine: service, task, share or command":
    "そのログオンは端末の操作(サービス、タスク、共有、コマンド)に使われた",
  "the same account uses Kerberos elsewhere in these logs":
    "同じアカウントは他では Kerberos を使っている",
  "NTLM by password leaves the same records where it negotiates no session key":
    "パスワードによる NTLM でも、セッション鍵を取り決めなければ同じ記録が残る",
  "the password itself was used: nothing in the log of the destination tells the two apart":
    "パスワードそのものが使われた: 接続先のログだけでは区別できない",
  "A ticket asked for with a weak key (overpass-the-hash)":
    "弱い鍵によるチケット要求 (Overpass-the-Hash)",
  "other accounts get tickets with AES from the same domain":
    "同じドメインで他のアカウントは AES のチケットを得ている",
  "a session with other credentials was opened on that machine within the hour":
    "その端末で1時間以内に別の資格情報のセッションが開かれた",
  "an old client or account that knows RC{n} only: it would ask so every day":
    "RC{n} しか使えない古いクライアントやアカウント: それなら毎日そう要求する",
};
