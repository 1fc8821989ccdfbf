/** Phrases on sessions and on moves between machines, in Japanese; see ja-phrases.ts. */
export const JA_MOVEMENT_PHRASES: Readonly<Record<string, string>> = {
  "{0} [{1}]": "{0} [{1}]",
  "{0} {1}": "{0} {1}",
  "[{0}: {1}, {2} – {3}]": "[{0}: {1}、{2} – {3}]",
  "{0} and {1}": "{0}、{1}",
  "{0} and {1} more": "{0}、ほか{1}件",
  nothing: "なし",
  somebody: "何者か",
  Somebody: "何者か",

  "missing: {0}": "欠けている記録: {0}",
  "{0} is shared by {1}: it does not tell which of them it was":
    "{0} は {1} が共有しており、どれであったかは分からない",
  "{0}: times were corrected by that": "{0}。時刻はその分を補正した",
  "{0} min {1} s": "{0}分{1}秒",
  "{0} s": "{0}秒",
  "{0} min": "{0}分",
  "{0} h": "{0}時間",
  "{0} h {1} min": "{0}時間{1}分",
  "the clock of {0} is {1} ahead": "{0} の時計は{1}進んでいる",
  "the clock of {0} is {1} behind": "{0} の時計は{1}遅れている",
  "{0} has a Security log of that time and no record of the arrival: it was refused, or its records were removed":
    "{0} にはその時刻のセキュリティログがあるが、到着の記録がない: 拒否されたか、記録が消された",
  "{0} has no Security log of that time: only the source tells":
    "{0} にはその時刻のセキュリティログがなく、接続元の記録しかない",
  "the destination knows the address {0} only; {1} recorded a connection there at that time":
    "接続先にはアドレス {0} の記録しかないが、{1} がその時刻にそこへの接続を記録している",

  "{0} went over {1} machines between {2} and {3}: {4}. The way begins at {5}, the likely patient zero (the first machine that these logs tell of), and comes furthest at {6}{7}.":
    "{0} が {2} から {3} までに{1}台の端末を経由しました: {4}。経路の起点（最初の侵害端末と見られる、このログで最初に現れる端末）は {5}、最も深い到達先は {6} です{7}。",
  "what ran on each machine while the session lasted {0}":
    "セッション中に各端末で何が実行されたか {0}",
  "how the first machine was entered: mail, browser, VPN, exposed service {0}":
    "最初の端末への侵入経路: メール、ブラウザー、VPN、公開サービス {0}",
  "where it went on to from the last machine {0}": "最後の端末からさらにどこへ向かったか {0}",
  "the way has {0} hops": "経路は{0}段である",
  "none of these ways is a habit, and the logs reach back {0} days before the last hop":
    "いずれの経路も普段は使われておらず、ログは最後の移動の{0}日前までさかのぼる",
  "hops that two sides tell of: {0}": "両側の記録で裏付けられる段: {0}",
  "on these machines in this time: {0}": "この間にこれらの端末で検出: {0}",
  "; it ends at {0}": "（終点は {0}）",
  "; it ends at {0}, for which no special privileges are recorded":
    "（終点は {0}、そこでの特権の記録はない）",
  "a domain controller": "ドメインコントローラー",
  "with special privileges": "特権あり",
  "{0} ({1})": "{0}（{1}）",
  "{0} → {1} by {2} as {3} at {4}": "{0} → {1}（{2}、{3}、{4}）",

  "{0} {1}: from {2} to {3}, {4}.": "{0} が{1}: {2} から {3} へ、{4}。",
  "at {0}": "{0}",
  "before {0}": "{0} より前",
  "{0} times {1}": "{1}{0}回",
  "{0} connected from the internet to {1} of {2}, {3}; whether they logged on is not recorded.":
    "{0} がインターネットから {2} の{1}に{3}接続しました。ログオンしたかは記録されていません。",
  "{0} addresses of the internet were let in as far as the service":
    "インターネットのアドレス{0}個がサービスまで到達している",
  "who logged on from these addresses {0}": "これらのアドレスから誰がログオンしたか {0}",
  "between {0} and {1}": "{0} から {1} までに",
  "within one minute at {0}": "{0} の1分間に",
  "{0} times from {1}": "{1} から{0}回",
  "what was done there {0}": "そこで何が行われたか {0}",
  "{0} went from {1} to {2} machines within an hour from {3}: {4}.":
    "{0} が {3} から1時間以内に {1} から{2}台の端末へ接続しました: {4}。",
  "{0} machines within an hour, none of it habit": "1時間以内に{0}台、いずれも普段の接続ではない",
  "which program connected {0}": "どのプログラムが接続したか {0}",
  "{0} first used {1} after days without: {2}, from {3}.":
    "{0} が数日間使っていなかった{1}を {3} から初めて使いました: {2}。",
  "this way": "経路",
  "{0} ways": "{0}通りの経路",
  "{0} pairs of machines are new for this account": "このアカウントには新しい端末の組が{0}ある",
  "whether the account's other sessions of that day are its owner's {0}":
    "同じ日の他のセッションが持ち主のものかどうか {0}",

  "{0} on {1} opened a session that shows {2} to other machines, {3}.{4}":
    "{1} の {0} が、他の端末に対して {2} を名乗るセッションを開きました（{3}）。{4}",
  "other credentials": "別の資格情報",
  " It went on to {0}.": "その後 {0} へ移動しました。",
  "what started in that session, and whether LSASS was opened before {0}":
    "そのセッションで何が起動したか、その前に LSASS が開かれたか {0}",
  "{0} came from {1} to {2} by NTLM with special rights, first at {3}.":
    "{0} が {1} から {2} へ、特権付きの NTLM でログオンしました（最初は {3}）。",
  "a logon of type 9, or a process that opened LSASS, on the source before {0}":
    "接続元で先に種類 9 のログオンがあるか、LSASS を開いたプロセスがあるか {0}",
  "it was done on {0} days: somebody works so": "{0}日にわたり行われている: 誰かの日常の作業である",
  "the same account got {0} tickets with AES in these logs":
    "同じアカウントはこのログで AES のチケットを{0}回得ている",
  "{0} at {1} asked {2} for a ticket with RC4, {3}.":
    "{1} の {0} が {2} に RC4 のチケットを要求しました（{3}）。",
  "where the ticket was used {0}": "チケットがどこで使われたか {0}",
  "which process asked for it {0}": "どのプロセスが要求したか {0}",

  "Remote Desktop on {0} was reached from the machine itself{1}, first at {2}: the real source is hidden behind {3}{4}.":
    "{0} のリモートデスクトップに、その端末自身から{1}接続がありました（最初は {2}）。実際の接続元は {3} の背後に隠れています{4}。",
  " as {0}": " {0} として",
  "a program that forwards connections": "接続を転送するプログラム",
  "; the client calls itself {0}": "。クライアントの名乗る名前は {0} です",
  "which program forwards, and to where its other connection goes {0}":
    "どのプログラムが転送しているか、もう一方の接続先はどこか {0}",
  "On {0} tscon was run at {1}{2}{3}.": "{0} で {1} に tscon が実行されました{2}{3}。",
  " as SYSTEM": "（SYSTEM権限）",
  "; the session of {0} was taken up": "。{0} のセッションが引き継がれました",
  "who started it, and what was done in the session {0}":
    "誰が実行したか、そのセッションで何が行われたか {0}",

  "{0} was refused for {1} accounts on {2} {3}{4}.":
    "{0} が {3} {2} で{1}個のアカウントについて拒否されました{4}。",
  ", then came in as {0}": "。その後 {0} として入りました",
  "{0} accounts were tried within an hour": "1時間以内に{0}個のアカウントが試された",
  "whether any of the accounts logged on elsewhere afterwards {0}":
    "その後、いずれかのアカウントが他でログオンしていないか {0}",
  "{0} was refused {1} times as {2} on {3} {4}{5}.":
    "{0} が {4} {3} で {2} として{1}回拒否されました{5}。",
  ", then came in at {0}": "。その後 {0} に入りました",
  "{0} wrong passwords within ten minutes": "10分以内に{0}回のパスワード誤り",
  "what the session did after the logon {0}": "ログオン後にそのセッションが何をしたか {0}",
};
