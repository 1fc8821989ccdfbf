/** What the analyzers of deletion say, in Japanese; see ja-sentences.ts. */
export const JA_DELETION: Readonly<Record<string, string>> = {
  "Cleared logs left a period dark": "ログの消去により記録のない期間が発生",
  "Windows itself recorded the clearing": "Windows自身が消去を記録しています",
  "the record names the logon session": "レコードにログオンセッションが記録されています",
  "no input tells from which session it was done":
    "どのセッションから行われたかを示す入力はありません",
  "the session is the account's last one, the record names none":
    "セッションはアカウントの直前のもので、レコードには記録されていません",
  "Records are missing from the middle of a log": "ログの途中のレコードの欠落",
  "Windows numbers the records of a log without gaps":
    "Windowsはログのレコードに欠番なく番号を付けます",
  "another copy of the log has records of that time":
    "同じログの別の複製にその時間のレコードがあります",
  "no damage and no unwritten part of the file lies where the numbers jump":
    "番号が飛ぶ箇所に破損や未書き込みの部分はありません",
  "other parts of the file are damaged": "ファイルの他の部分が破損しています",
  "Record ids repeat or go back": "レコード番号の重複または後退",
  "Windows numbers the records of a log upwards, and starts over nowhere but at a ring's seam":
    "Windowsはレコード番号を増やし続け、循環の継ぎ目以外で戻ることはありません",
  "A record was hidden inside another one": "他のレコードの中に隠されたレコード",
  "Windows ends a record within {n} bytes of its content":
    "Windowsはレコードを内容の末尾から{n}バイト以内で終えます",
  "the hidden bytes are a whole record": "隠されたバイト列は完全なレコードです",
  "the number of the hidden record was given to the next one":
    "隠されたレコードの番号は次のレコードに付け替えられています",
  "the file header has flags that Windows does not set":
    "ファイルヘッダーにWindowsが設定しないフラグがあります",
  "what the bytes were cannot be told": "元の内容は分かりません",
  "A log is silent while others of its host write": "同じホストの他のログが続く間のログの沈黙",
  "so long a silence does not occur by chance in its own rhythm":
    "このログ自身の周期からは、これほど長い沈黙は偶然には起こりません",
  "its record numbers have no hole: nothing was written, or numbers were mended":
    "レコード番号に欠けはありません。書き込まれなかったか、番号が付け直されています",
  "All logs of a running host are silent": "稼働中のホストのすべてのログの沈黙",
  "so long a silence does not occur by chance in the host's own rhythm":
    "このホスト自身の周期からは、これほど長い沈黙は偶然には起こりません",
  "no shutdown, sleep or start stands at its ends":
    "その前後にシャットダウン・スリープ・起動の記録がありません",
  "Windows said later that it had been running all the time (event 6013)":
    "Windowsは後に、その間ずっと稼働していたと記録しています（イベント6013）",
  "a power cut or a paused virtual machine leaves no record":
    "停電や仮想マシンの一時停止では記録が残りません",
  "A log was rewritten without some of its records": "一部のレコードを除いて書き直されたログ",
  "record headers are numbered from 1 without gaps, EventRecordIDs jump":
    "レコードヘッダーは1から連番ですが、EventRecordIDは飛んでいます",
  "the file has the name of the live log": "ファイル名が稼働中のログと同じです",
  "little is left out, in few places": "除かれたものは少なく、箇所もわずかです",
  "a log in use is never written this way": "使用中のログがこの形で書かれることはありません",
  "a filtered export that somebody made looks the same": "絞り込んだエクスポートも同じ形になります",
  "much is left out, as by a filter": "絞り込みのように多くが除かれています",
  "A log's own counters disagree with what it holds": "ログ自身の件数情報と内容の不一致",
  "the log was closed properly, and Windows then writes its counters":
    "ログは正しく閉じられており、その際Windowsは件数情報を書き込みます",
  "no damage explains it": "破損では説明できません",
  "a copy made while Windows closed the log can look the same":
    "Windowsがログを閉じる間の複製でも同じ形になり得ます",
  "A log's numbers start anew": "ログのレコード番号の振り直し",
  "record numbers go on when a log is cleared or archived, and start anew only in a new file":
    "消去やアーカイブではレコード番号は続き、新しいファイルでのみ振り直されます",
  "Windows may have been installed anew": "Windowsが再インストールされた可能性があります",
  "Records between two files of a log are not here": "同じログの2つのファイルの間のレコードの欠落",
  "the numbers of the two files do not join": "2つのファイルの番号がつながりません",
  "Logs do not go back to their first record though they are not full":
    "満杯でないのに最初のレコードまで遡れないログ",
  "record numbers go on when a log is cleared": "ログを消去してもレコード番号は続きます",
  "A log begins long after the others of its host": "同じホストの他のログより大幅に遅く始まるログ",
  "records were written before the first one that is left":
    "残っている最初のレコードより前にもレコードが書かれていました",
  "a log that is not full overwrites nothing": "満杯でないログは上書きしません",
  "no record tells that it was cleared": "消去を示すレコードはありません",
  "it may have been archived or made anew by an administrator":
    "管理者がアーカイブまたは作り直した可能性があります",
  "Event log service stopped while Windows ran on": "Windows稼働中のイベントログサービスの停止",
  "the service recorded its own stop": "サービス自身が停止を記録しています",
  "no shutdown and no start of Windows stands beside it":
    "その前後にWindowsのシャットダウンも起動もありません",
  "the service recorded its start without one of Windows":
    "Windowsの起動なしにサービスの開始が記録されています",
  "no input says when it started again": "再開の時刻を示す入力はありません",
  "Windows started and no record tells how it had stopped": "停止の記録がないWindowsの起動",
  "Windows records each shutdown before it (13, 6006) or as unexpected after it (41, 6008)":
    "Windowsはシャットダウンを事前に（13、6006）、または予期しないものとして事後に（41、6008）記録します",
  "a restored snapshot of a virtual machine leaves no such record":
    "仮想マシンのスナップショットの復元ではその記録が残りません",
  "Auditing was switched off for a time": "一定期間の監査の無効化",
  "Windows itself recorded the change of the audit policy":
    "Windows自身が監査ポリシーの変更を記録しています",
  "an account made it, not Group Policy": "グループポリシーではなくアカウントによる変更です",
  "Time runs backwards and nothing says that the clock was set": "時計の変更記録のない時刻の逆行",
  "records are numbered in the order in which they were written":
    "レコードは書き込み順に番号が付けられます",
  "no record of the host says that its clock was set by that much then":
    "その時にそれだけ時計が変更されたという記録はありません",
  "some programs hand in records late, with the time at which something happened":
    "発生時刻のまま遅れて記録するプログラムもあります",
  "Session without a logon in Security": "セキュリティログにログオンのないセッション",
  "the session manager recorded a session": "セッションマネージャーがセッションを記録しています",
  "Security records such logons at other times":
    "セキュリティログは他の時にはこの種のログオンを記録しています",
  "record numbers may not show it: an editor mends them":
    "改ざんツールは番号を付け直すため、レコード番号には現れないことがあります",
  "Logoff without its logon": "ログオンの記録がないログオフ",
  "logon numbers are unique from one start of Windows to the next":
    "ログオン番号はWindowsの起動から次の起動まで一意です",
  "the log holds that start, and other logons of this kind":
    "ログにはその起動と、同種の他のログオンが記録されています",
  "Service whose installation is not in System": "システムログに登録の記録がないサービス",
  "System records every installed service": "システムログはサービスの登録をすべて記録します",
  "the log covers the time": "ログはその時間を含んでいます",
  "Shell whose start is not in the log": "開始の記録がないシェル",
  "Process whose parent's start is not in the log": "親プロセスの開始記録がないプロセス",
  "Sysmon's number of the parent holds the second of its start":
    "Sysmonの親プロセスの識別子には開始の秒が含まれます",
  "the log covers that second and records other starts of the same program":
    "ログはその秒を含み、同じプログラムの他の開始を記録しています",
  "Sysmon's filter may let only some command lines of the program pass":
    "Sysmonのフィルターが一部のコマンドラインのみを通している可能性があります",
  "Log files that Windows always has are missing": "Windowsに必ずあるログファイルの欠落",
  "the folder holds the logs of a whole Windows": "フォルダーにはWindows全体のログがあります",
  "Windows makes these files by itself": "Windowsはこれらのファイルを自動的に作ります",
  "whoever collected the logs may have left them out": "収集時に除かれた可能性があります",
  "A log file was deleted": "ログファイルの削除",
  "the entry of the deleted file is still in the master file table":
    "削除されたファイルのエントリがマスターファイルテーブルに残っています",
  "a younger file of the same name stands in its place":
    "同じ名前の新しいファイルがその場所にあります",
  "Read the records of the deleted file: they are in this report like those of any other log.":
    "削除されたファイルのレコードを確認してください。他のログと同様にこのレポートに含まれています。",
  "Look for who stopped the event log service before the file was deleted: it cannot be deleted while it is in use.":
    "ファイルの削除前に誰がイベントログサービスを停止したか調べてください。使用中は削除できません。",
  "A log file is younger than those it was set up with":
    "同時に作られるはずのログより新しいログファイル",
  "Windows creates Security, System and Application together":
    "WindowsはSecurity、System、Applicationを同時に作成します",
  "clearing a log keeps its file: only deletion makes a new one":
    "消去ではファイルは残り、新しいファイルができるのは削除のときだけです",
  "a restored or moved log file looks the same":
    "復元または移動されたログファイルでも同じ形になります",
  "Look for deleted MFT entries and shadow copies of this log: they hold what was in the first file.":
    "このログの削除済みMFTエントリとシャドウコピーを調べてください。元のファイルの内容が残っています。",
};
