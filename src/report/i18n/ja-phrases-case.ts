/** Phrases on the case as a whole, on rights, segments and connections, in Japanese; see ja-phrases.ts. */
export const JA_CASE_PHRASES: Readonly<Record<string, string>> = {
  "The way in was probably {0} at {1}: {2}{3}{4}.":
    "侵入経路は {1} の {0} の可能性が高いと考えられます: {2}{3}{4}。",
  ", from {0}": "、接続元 {0}",
  ", with {0}": "、アカウント {0}",
  "{0}: less likely, something grave had happened before it":
    "{0}: それより前に重大な出来事があり、可能性は低い",
  "{0}: less likely, fewer signs stand beside it": "{0}: 伴う兆候が少なく、可能性は低い",
  "{0}: as likely by its signs, but it came later": "{0}: 兆候は同程度だが、時期が遅い",
  "What the edge saw at that time [firewall, VPN and mail gateway, from {0} to {1}]":
    "その時刻の境界での記録 [ファイアウォール、VPN、メールゲートウェイ、{0} から {1}]",
  "Every logon of the account and every new program on the host [{0}: Security 4624, 4625 and 4688, from {1}]":
    "そのアカウントの全ログオンと、そのホストで新たに実行された全プログラム [{0}: Security 4624、4625、4688、{1} から]",

  "{0} {1} of {2} signs were seen on {3}.": "{0}{3} で{2}項目中{1}項目の兆候が見られます。",
  "{0} [{1}: {2}, {3} – {4}]": "{0} [{1}: {2}、{3} – {4}]",

  "account {0}": "アカウント {0}",
  "address {0}": "アドレス {0}",
  "program {0}": "プログラム {0}",
  "The {0} stands in telling records at {1} over {2} days.":
    "{0} が {1} の疑わしい記録に{2}日間にわたり現れています。",
  "{0} at {1} sites": "{0} が{1}拠点に現れる",
  "{0} came from the VPN pool ({1}) to {2}, first at {3}; what is told of these hosts and this account began after that.":
    "{0} がVPNセグメント（{1}）から {2} に入りました（最初は {3}）。これらのホストとこのアカウントに関する検出は、すべてその後に始まっています。",
  "From which address of the internet the session came, and whether it asked for a second factor [VPN device, around {0}]":
    "セッションがインターネットのどのアドレスから来たか、多要素認証を求めたか [VPN機器、{0} 前後]",

  "created the account {0}": "アカウント {0} を作成",
  "was created by {0}": "{0} により作成",
  "reset the password of {0}": "{0} のパスワードをリセット",
  "gave {0} the rights of another account (SID history)":
    "{0} に他のアカウントの権限を付与（SID履歴）",
  "was given the rights of another account (SID history) by {0}":
    "{0} から他のアカウントの権限を取得（SID履歴）",
  "put {0} into {1}": "{0} を {1} に追加",
  "was put into {0} by {1}": "{1} により {0} に追加",
  " Its first known session began on {0}{1}.":
    "確認できる最初のセッションは {0} で始まっています{1}。",
  " from {0}": "（接続元 {0}）",
  "{0} {1} on {2}{3}.{4}": "{0}: {2} で{1}{3}。{4}",
  ", the furthest of {0} steps": "（{0}段階のうち最も強い権限）",
  "{0} {1} on {2}{3}": "{0}: {2} で{1}{3}",
  "{0} more steps": "ほか{0}段階",
  "Follow the account in these sessions [{0}]":
    "これらのセッションでのアカウントの動きを追う [{0}]",
  " in session {0}": "、セッション {0}",
  ", logon type {0}": "、ログオンの種類 {0}",
  " in session {0}{1}{2}": "、セッション {0}{1}{2}",
  "{0}: Security 4624, 4648, 4672 and 4688, {1} – {2}":
    "{0}: Security 4624、4648、4672、4688、{1} – {2}",
  "{0} used special privileges for the first time on {1}.": "{0} が {1} で初めて特権を使いました。",
  "{0} (after {1} days without)": "{0}（{1}日間の未使用後）",
  "no special logon of the account on this host in the {0} days before":
    "直前の{0}日間、このホストでこのアカウントの特権ログオンはない",
  "{0} hosts were new to the account within one day":
    "1日以内にこのアカウントにとって新しいホストが{0}台",
  "the account had such rights on {0} other hosts from the beginning":
    "このアカウントは他の{0}台では初めからその権限を使っている",
  "From where the session came and what ran in it [{0}: Security 4624, 4648 and 4688, from {1}]":
    "セッションの接続元と、その中で実行されたもの [{0}: Security 4624、4648、4688、{1} から]",

  " ({0} times)": "（{0}回）",
  "{0} went from {1} to {2} by {3}{4}.": "{0} が {1} から {2} へ {3} で移動しました{4}。",
  "Whether this way is meant to be open, and what was done on the other side [{0}: Security 4624, 4672 and 4688, from {1}]":
    "この経路の許可の有無と、接続先で行われたこと [{0}: Security 4624、4672、4688、{1} から]",
  "the inventory gives {0} the role {1} (line {2})": "台帳では {0} の役割は {1}（{2}行目）",
  "{0} connected to port {1} ({2}) in {3}, first at {4}, with {5}.":
    "{0} が {3} のポート {1}（{2}）に {5} で接続しました（最初は {4}）。",
  "a program that is not recorded": "記録のないプログラム",
  "A program that is not recorded": "記録のないプログラム",
  "Whether a logon followed [{0}: Security 4624 and 4625, from {1}]":
    "その後のログオンの有無 [{0}: Security 4624、4625、{1} から]",
  "{0} reached {1} by {2}; the inventory has no segment for it.":
    "{0} が {1} に {2} で接続しました。台帳にこのアドレスのセグメントはありません。",
  "Whose address it is and since when it is in use [{0}: Security 4624]":
    "アドレスの所有者と使用開始時期 [{0}: Security 4624]",
  "{0} had the address {1} ({2}) from {3}; the inventory (line {4}) puts it in {5}.":
    "{0} は {3} からアドレス {1}（{2}）を使っていますが、台帳（{4}行目）では {5} にあります。",
  "no segment": "セグメントなし",

  "{0} connected {1} times within an hour to {2}; its median is {3} an hour and destination.":
    "{0} が1時間以内に {2} へ{1}回接続しました。普段の中央値は1時間・1宛先あたり{3}回です。",
  "{0} connections within one hour, {1} robust deviations above the median of the host":
    "1時間に{0}回の接続があり、このホストの中央値から頑健偏差で{1}上回る",
  "How many bytes left to the destination in that hour [{0}: firewall and proxy, {1}]":
    "その1時間に宛先へ送られたバイト数 [{0}: ファイアウォール、プロキシ、{1}]",
  "{0} on {1} connected to {2} destinations on port {3} within ten minutes.":
    "{1} の {0} が10分以内にポート {3} で{2}個の宛先に接続しました。",
  "{0} destinations on one port within ten minutes": "10分以内に同じポートで{0}個の宛先",
  "Who started the program [{0}: Sysmon 1, Security 4688, from {1}]":
    "プログラムを起動した者 [{0}: Sysmon 1、Security 4688、{1} から]",

  "{0} of the intervals lie within a quarter of the median":
    "間隔の{0}が中央値の上下4分の1以内にある",
  "jitter is {0}": "ばらつきは{0}",
  "it went on for {0} days, {1} times": "{0}日間に{1}回続いた",
  "only one host can be compared": "比較できるホストが1台しかない",
  "{0} of {1} hosts use this destination": "{1}台中{0}台のホストがこの宛先を使う",
  "the program lies where users can write": "プログラムが利用者の書き込める場所にある",
  "the destination is an internal address": "宛先は内部のアドレスである",
  "program and destination are not odd in themselves": "プログラムと宛先自体に不審な点はない",
  "{0} on {1} looked up {2} every {3}, {4} times; score {5}.":
    "{1} の {0} が {2} を{3}ごとに{4}回名前解決しました（評点 {5}）。",
  "{0} on {1} connected to {2} every {3}, {4} times; score {5}.":
    "{1} の {0} が {2} へ{3}ごとに{4}回接続しました（評点 {5}）。",
  "the median interval is {0}": "間隔の中央値は{0}",
  "{0} ({1} of {2})": "{0}（{2}点中{1}点）",
  "Who made the program and who owns the destination [{0}: Sysmon 1, 3 and 22, Security 4688 and 5156, from {1}]":
    "プログラムの作成元と宛先の所有者 [{0}: Sysmon 1、3、22、Security 4688、5156、{1} から]",
  "{0} used {1}, {2} times, with {3}.": "{0} が {3} で {1} を{2}回使いました。",
  "What the program did before and after [{0}: Sysmon 1 and 11, Security 4688, from {1}]":
    "その前後にプログラムが行ったこと [{0}: Sysmon 1、11、Security 4688、{1} から]",
  "{0} is number {1} in likeness to {2}: {3} of 1; used by {4}.":
    "{0} は {2} への類似度で第{1}位です（1に対し{3}）。使用ホスト: {4}。",
  "{0} connections were compared": "{0}回の接続を比較した",
  "{0}: {1} of {2}": "{0}: {2}点中{1}点",
  "nothing in common: {0}": "共通点なし: {0}",

  "{0} of {1} moves go this way: rarity {2}": "{1}件の移動中{0}件がこの経路: 希少度 {2}",
  "{0} began {1} on {2} at {3}{4}; {5}.": "{0} が {3} に {2} で{1}を開始しました{4}。{5}。",
  "its other {0} sessions lie at other hours": "他の{0}件のセッションは別の時間帯です",
  "the host's other {0} sessions lie at other hours":
    "そのホストの他の{0}件のセッションは別の時間帯です",
  "a session": "セッション",
  "{0} sessions": "{0}件のセッション",
  "{0} of {1} sessions on {2} days begin at this time of day":
    "{2}日間の{1}件のセッション中{0}件がこの時間帯に始まる",
  "From where the session came [{0}: Security 4624 and 4778, from {1}]":
    "セッションの接続元 [{0}: Security 4624、4778、{1} から]",
};
