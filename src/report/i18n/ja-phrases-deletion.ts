/** Phrases on what is missing from logs, in Japanese; see ja-phrases.ts. */
export const JA_DELETION_PHRASES: Readonly<Record<string, string>> = {
  "{0} switched off auditing of {1} of events on {2} at {3}{4}.":
    "{0} が {3} に {2} で{1}のイベントの監査を無効にしました{4}。",
  "one kind": "1種類",
  "{0} kinds": "{0}種類",
  "An unnamed account": "名前の記録のないアカウント",
  "; no record tells that it was switched on again": "。再び有効にされた記録はありません",
  ", until {0}": "（{0} まで）",

  "{0} opened a terminal session on {1} at {2}{3}, but Security, which covers that time and records other logons, has none{4}.":
    "{0} が {2} に {1} でターミナルセッションを開きました{3}。しかしその時刻を含み他のログオンを記録しているセキュリティログに、対応する記録がありません{4}。",
  "{0} logged off from {1} at {2} (logon {3}), but no logon with that number is in Security, which goes back beyond the start of Windows{4}.":
    "{0} が {2} に {1} からログオフしました（ログオン {3}）。しかしWindowsの起動より前までさかのぼるセキュリティログに、その番号のログオンがありません{4}。",
  "Security says": "セキュリティログの記録",
  "it ran, and remote tools install it anew": "動作しており、遠隔ツールはそのつど登録する",
  "Service {0} of {1} was installed by {2} ({3}), but System, which covers that time, has no record of it (7045).":
    "{1} のサービス {0} は {2} までに登録されています（{3}）。しかしその時刻を含むシステムログに登録の記録（7045）がありません。",
  "Look for holes and edits in {0} of {1}, and compare it with a shadow copy.":
    "{1} の {0} に欠落や改変がないか調べ、シャドウコピーと比較する。",
  " (and {0} more)": "（ほか{0}件）",

  "{0} logs": "{0}個のログ",
  "{0} cleared {1} of {2} at {3}{4}. {5}": "{0} が {3} に {2} の {1} を消去しました{4}。{5}",
  ", {0}": "（{0}）",
  "What they held from {0} on is gone.": "{0} 以降の内容は失われました。",
  "What it held from {0} on is gone.": "{0} 以降の内容は失われました。",
  "What they held is gone; of the time before, the inputs tell from {0} on, by other logs.":
    "これらの内容は失われました（それ以前については {0} 以降を他のログから知ることができます）。",
  "What it held is gone; of the time before, the inputs tell from {0} on, by other logs.":
    "その内容は失われました（それ以前については {0} 以降を他のログから知ることができます）。",
  "What they held is gone; no input tells since when they had recorded.":
    "内容は失われました。いつから記録されていたかを示す入力はありません。",
  "What it held is gone; no input tells since when it had recorded.":
    "内容は失われました。いつから記録されていたかを示す入力はありません。",
  "See what the same account did on {0} before.":
    "同じアカウントがその前に {0} で何をしたかを確認する。",
  "in a session at the machine itself": "端末上のセッション",
  "in a session from {0}": "{0} からのセッション",
  " (logon type {0})": "、ログオンの種類 {0}",
  "{0}{1}{2}": "{0}{1}{2}",
  " opened at {0}": "、{0} 開始",
  "{0} at {1} (event {2})": "{1} に{0}（イベント {2}）",

  "In {0} of {1}, record {2} of {3} follows record {4} of {5}: {6} back{7}.":
    "{1} の {0} で、{5} のレコード {4} の次に {3} のレコード {2} があり、時刻が{6}戻っています{7}。",
  "; the same in {0} more places": "。ほか{0}か所も同様です",

  "{0} of {1} was deleted: MFT entry {2} is free and still names it, last written {3}; {4} of its records could be read{5}.{6}":
    "{1} の {0} が削除されました。空きとなったMFTエントリ {2} に名前が残り、最終書き込みは {3} です。レコード{4}件を読み取れました{5}。{6}",
  ", {0} of its {1} clusters are used again": "（{1}クラスタ中{0}が再使用）",
  " A new file of the same name was created {0}.":
    "同じ名前の新しいファイルが {0} に作成されています。",
  "{0} of {1} was created {2}, {3} {4}: Windows makes both when it is installed. The first file was probably deleted.":
    "{1} の {0} は {2} に、{3} は {4} に作成されています。Windowsは両方をインストール時に作るため、最初のファイルは削除された可能性があります。",

  "{0} of {1} was written by an export that left {2} records out, in {3} places from {4} to {5}{6}.":
    "{1} の {0} は、{4} から {5} までの{3}か所でレコード{2}件を除いたエクスポートで書き出されています{6}。",
  ", and lies among logs taken from the running machine":
    "。稼働中の端末から採取したログの中に置かれています",

  "Record {0} (event {1} of {2})": "レコード {0}（{2} のイベント {1}）",
  "record {0} (event {1} of {2})": "レコード {0}（{2} のイベント {1}）",
  "Record {0} of {1} on {2} holds {3} bytes behind its content that Windows never writes; no record can be read in them.":
    "{2} の {1} のレコード {0} は、内容の後ろにWindowsが書くことのない{3}バイトを持っています。その中にレコードは読み取れません。",
  "{0}{1}": "{0}{1}",
  "{0} of {1} on {2} were unlinked: record {3} was made longer until it covered them.":
    "{2} の {1} で {0} が連結から外されました。レコード {3} が、これらを覆うまで延ばされています。",
  "{0} of {1} on {2} was unlinked: record {3} was made longer until it covered it.":
    "{2} の {1} で {0} が連結から外されました。レコード {3} が、これを覆うまで延ばされています。",
  " The records behind it were renumbered: those now {0} to {1} were {2} to {3}.":
    "後続のレコードの番号は付け替えられています: 現在の {0}～{1} は元の {2}～{3} です。",

  "{0} of {1} begins at {2} with record {3}, though it is not full; {4} other logs of the host go back to {5}.":
    "{1} の {0} は満杯でないのに {2} のレコード {3} から始まります。同じホストの他の{4}個のログは {5} までさかのぼります。",
  "On {0}: {1}. They were cleared, archived or given another size before that.":
    "{0}: {1}。それ以前に消去、アーカイブまたはサイズ変更が行われています。",
  "{0} begins with record {1} at {2}": "{0} は {2} のレコード {1} から始まる",
  "{0} of {1} had reached record {2} at {3}; the newer file begins with record {4} at {5}: the log was deleted and made anew.":
    "{1} の {0} は {3} にレコード {2} まで達していましたが、新しいファイルは {5} のレコード {4} から始まります。ログは削除され作り直されています。",
  "{0} of {1}: {2} records between {3} and {4} are in none of the inputs.":
    "{1} の {0}: {3} から {4} までのレコード{2}件がどの入力にもありません。",
  "the file header expects record {0} next, the last one is {1}":
    "ファイルヘッダーの次のレコード番号は {0}、実際の最後は {1}",
  "the file header counts {0} chunks, {1} hold records":
    "ファイルヘッダーのチャンク数は {0}、レコードを持つのは {1}",
  "chunk headers count {0} more records than there are":
    "チャンクヘッダーの件数は実際のレコードより{0}件多い",
  "{0} of {1}: {2}.": "{1} の {0}: {2}。",

  "The event log service of {0} stopped at {1} and wrote again {2}; Windows was neither shut down nor started between.":
    "{0} のイベントログサービスは {1} に停止し、{2} に記録を再開しました。その間Windowsの終了も起動もありません。",
  "Windows started on {0} at {1}; no shutdown, sleep, crash or power loss is recorded before it.":
    "{0} のWindowsが {1} に起動しました。その前にシャットダウン、スリープ、異常終了、電源断の記録がありません。",
  "{0} has {1} logs of {2}, but not {3}, which every Windows makes by itself.":
    "{0} には {2} のログが{1}個ありますが、Windowsが必ず作る {3} がありません。",
  "The folder": "フォルダー",
  "What {0} of {1} held cannot be told.": "{1} の {0} の内容は分かりません。",

  "{0} records between {1} and {2} are not in {3} of {4}: its record ids jump from {5} to {6}{7}.":
    "{4} の {3} に、{1} から {2} までのレコード{0}件がありません。レコード番号が {5} から {6} へ飛んでいます{7}。",
  " and in {0} more places": "（ほか{0}か所）",
  "In {0} of {1}, record {2} is followed by record {3} ({4}){5}.":
    "{1} の {0} で、レコード {2} の次がレコード {3} です（{4}）{5}。",
  ", and ids go back in {0} more places": "。ほか{0}か所でも番号が後退しています",
  "{0} on {1} was started at {2} by {3} (process {4}); Security has the starts of processes since Windows started at {5}, and not this one.":
    "{1} で {0} が {2} に {3}（プロセス {4}）から起動されました。Securityには {5} のWindows起動以降のプロセス開始が記録されていますが、このプロセスの開始記録がありません。",
  "{0} on {1} was started at {2} by {3}, which had started at {4}; Sysmon covers that second and has no record of it.":
    "{1} の {0} は {2} に {3} から起動されました。その親プロセスは {4} に起動していますが、その秒を含むSysmonのログに記録がありません。",

  "{0} of {1} has no record from {2} to {3}, though it otherwise writes in {4} of all hours and other logs of the host went on.":
    "{1} の {0} には {2} から {3} まで記録がありません。普段は全時間の{4}に記録があり、同じホストの他のログは続いています。",
  "in {0} hours in which other logs wrote, it wrote nothing":
    "他のログに記録のある{0}時間に、このログには何も記録されていません",
  "No log of {0} has a record from {1} to {2}, and nothing says that Windows was off or asleep.":
    "{0} のどのログにも {1} から {2} まで記録がなく、Windowsの停止やスリープを示すものもありません。",

  "{0} of {1} has 1 event in these hours.": "{1} の {0} には、この時間帯のイベントが1件あります。",
  "{0} of {1} has {2} events in these hours.":
    "{1} の {0} には、この時間帯のイベントが{2}件あります。",
  "{0} has records of the channel from {1} to {2}.":
    "{0} に、このチャネルの {1} から {2} までのレコードがあります。",
  "{0} of {1} tells of {2} from {3} to {4} by {5}":
    "{1} の {0} に、{5} による {3} から {4} への {2} の記録があります",
  "{0} ({1} times).": "{0}（{1}回）。",
  "{0}.": "{0}。",
  "What {0} of {1} recorded then cannot be told.":
    "その間に {1} の {0} が記録した内容は分かりません。",
  "Nothing in these inputs tells {0} on {1}.": "{1} で{0}を示すものは入力にありません。",
  "Only what {0} recorded tells {1} on {2}.": "{2} で{1}は、{0} の記録からしか分かりません。",
};
